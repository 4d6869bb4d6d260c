using ProgressHub.AspNetCore.Mcp;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.AspNetCore.Mcp;

public sealed class JobUriTests
{
    private const string Id = "0123456789abcdef0123456789abcdef";
    private static readonly JobId Job = JobId.Parse(Id, null);

    public static TheoryData<string> Good =>
    [
        $"progresshub://jobs/{Id}", $"progresshub://jobs/{Id}/log", $"progresshub://jobs/{Id}/log?after=17", $"progresshub://jobs/{Id}/result?offset=5",
        $"progresshub://jobs/{Id}/files", $"progresshub://jobs/{Id}/files/a%20b%2Fc.txt",
    ];

    [Theory]
    [MemberData(nameof(Good))]
    public void What_is_read_is_written_alike(string text)
    {
        Assert.True(JobUri.TryParse(text, out var uri));
        Assert.Equal(Job, uri.Job);
        Assert.Equal(text, uri.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("file:///etc/passwd")]
    [InlineData("progresshub://jobs/")]
    [InlineData("progresshub://jobs/../log")]
    [InlineData($"progresshub://jobs/{Id}/secrets")]
    [InlineData($"progresshub://jobs/{Id}/log/more")]
    [InlineData($"progresshub://jobs/{Id}/files/a/b")]
    [InlineData($"progresshub://jobs/{Id}0/log")]
    public void Anything_else_is_none(string? text) => Assert.False(JobUri.TryParse(text, out _));

    [Theory]
    [InlineData("after=-1")]
    [InlineData("after=x")]
    [InlineData("after=99999999999999999999")]
    [InlineData("offset=3")]
    public void A_position_that_cant_be_read_is_the_beginning(string query)
    {
        Assert.True(JobUri.TryParse($"progresshub://jobs/{Id}/log?{query}", out var uri));
        Assert.Equal(0, uri.Position);
    }

    [Fact]
    public void A_long_text_is_read_in_pages_without_a_hole_and_without_a_broken_character()
    {
        var text = string.Concat(Enumerable.Range(0, 400).Select(i => i % 3 == 0 ? "😀" : $"{i} "));
        var (read, uri) = ("", new JobUri(Job, JobUri.Result));
        while (true)
        {
            var page = TextSlice.Of(text, uri, 100);
            var cut = page.LastIndexOf("\n[Cut", StringComparison.Ordinal);
            read += cut < 0 ? page : page[..cut];
            if (cut < 0)
                break;
            Assert.True(JobUri.TryParse(page[(page.LastIndexOf("at ", StringComparison.Ordinal) + 3)..^1], out uri));
            Assert.False(char.IsLowSurrogate(text[(int)uri.Position]));
        }

        Assert.Equal(text, read);
    }
}
