using System.Text.Json;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Jobs;

public sealed class JobIdTests
{
    [Fact]
    public void A_new_id_is_32_lower_case_hexadecimal_digits_and_reads_back()
    {
        var id = JobId.New();

        Assert.Matches("^[0-9a-f]{32}$", id.ToString());
        Assert.Equal(id, JobId.Parse(id.ToString(), null));
        Assert.NotEqual(id, JobId.New());
    }

    [Theory]
    [InlineData(null), InlineData(""), InlineData("0123"), InlineData("0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("0123456789abcdef0123456789abcdeg"), InlineData("0123456789abcdef0123456789abcdef0")]
    [InlineData("../../etc/passwd0123456789abcdef"), InlineData("٠123456789abcdef0123456789abcdef")]
    public void Anything_else_is_not_an_id(string? text)
    {
        Assert.False(JobId.TryParse(text, null, out _));
        Assert.Throws<FormatException>(() => JobId.Parse(text!, null));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<JobId>(JsonSerializer.Serialize(text)));
    }

    [Fact]
    public void It_is_a_string_in_json()
    {
        var id = JobId.New();

        Assert.Equal($"\"{id}\"", JsonSerializer.Serialize(id));
        Assert.Equal(id, JsonSerializer.Deserialize<JobId>($"\"{id}\""));
    }
}
