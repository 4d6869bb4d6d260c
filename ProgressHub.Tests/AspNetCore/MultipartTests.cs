using System.Net;
using System.Text;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore;

public sealed class MultipartTests(WebServer server) : IClassFixture<WebServer>
{
    [Theory]
    [InlineData("letter.md", "markdown")]
    [InlineData("C:\\films\\film.SRT", "srt")]
    [InlineData("notes.txt", "plain")]
    [InlineData("README", null)]
    public async Task A_text_file_becomes_the_text_of_the_input_and_its_name_the_title_and_format(string name, string? format)
    {
        using var form = Form(("kind", "scripted"), ("input", """{"targetLanguage":"es"}"""), ("tags", "a"), ("tags", "b"));
        form.Add(new ByteArrayContent([0xEF, 0xBB, 0xBF, .. "Grüße"u8]), "file", name);
        using var response = await server.Client.PostAsync("/api/jobs", form);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var snapshot = await WebServer.ReadAsync(response);
        Assert.Equal(name.Split('\\')[^1], snapshot.Text("title"));
        Assert.Equal(2, snapshot.GetProperty("tags").GetArrayLength());
        var input = await server.GetAsync($"/api/jobs/{snapshot.Id()}/input");
        Assert.Equal("Grüße", input.Text("text"));
        Assert.Equal("es", input.Text("targetLanguage"));
        Assert.Equal(format, input.TryGetProperty("format", out var said) ? said.GetString() : null);
    }

    [Fact]
    public async Task What_the_input_says_of_the_format_wins_over_the_name_of_the_file()
    {
        using var form = Form(("kind", "scripted"), ("title", "Mine"), ("input", """{"format":"plain"}"""));
        form.Add(new StringContent("x"), "file", "letter.md");
        using var response = await server.Client.PostAsync("/api/jobs", form);

        var snapshot = await WebServer.ReadAsync(response);
        Assert.Equal("Mine", snapshot.Text("title"));
        Assert.Equal("plain", (await server.GetAsync($"/api/jobs/{snapshot.Id()}/input")).Text("format"));
    }

    [Fact]
    public async Task A_form_without_a_file_is_a_job_like_any_other()
    {
        using var form = Form(("kind", "scripted"), ("input", """{"text":"x"}"""));
        using var response = await server.Client.PostAsync("/api/jobs", form);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x41, 0x00 })]
    [InlineData(new byte[] { 0x50, 0x4B, 0x00, 0x03 })]
    [InlineData(new byte[] { 0xC3, 0x28 })]
    public async Task A_file_that_is_no_UTF8_text_is_refused(byte[] bytes)
    {
        using var form = Form(("kind", "scripted"));
        form.Add(new ByteArrayContent(bytes), "file", "x.txt");
        using var response = await server.Client.PostAsync("/api/jobs", form);

        Assert.Equal("file", (await response.IsProblemAsync(400, "invalid_utf8")).Text("property"));
    }

    [Fact]
    public async Task A_form_that_lacks_or_repeats_something_is_refused()
    {
        using var noKind = await server.Client.PostAsync("/api/jobs", Form(("input", "{}")));
        using var noInput = await server.Client.PostAsync("/api/jobs", Form(("kind", "scripted")));
        using var badInput = await server.Client.PostAsync("/api/jobs", Form(("kind", "scripted"), ("input", "{")));
        using var unknown = await server.Client.PostAsync("/api/jobs", Form(("kind", "scripted"), ("colour", "red")));
        using var longTitle = await server.Client.PostAsync("/api/jobs", Form(("title", new string('x', 20_000))));
        using var many = await server.Client.PostAsync(
            "/api/jobs", Form([.. Enumerable.Repeat(("tags", "t"), 100)]));

        Assert.Equal("kind", (await noKind.IsProblemAsync(400, "invalid_body")).Text("property"));
        Assert.Equal("input", (await noInput.IsProblemAsync(400, "invalid_body")).Text("property"));
        await badInput.IsProblemAsync(400, "malformed_json");
        Assert.Equal("colour", (await unknown.IsProblemAsync(400, "unknown_part")).Text("property"));
        Assert.Equal("title", (await longTitle.IsProblemAsync(400, "field_too_long")).Text("property"));
        await many.IsProblemAsync(400, "too_many_parts");
    }

    [Fact]
    public async Task Two_files_and_a_file_beside_a_text_are_refused()
    {
        using var two = Form(("kind", "scripted"));
        two.Add(new StringContent("a"), "file", "a.txt");
        two.Add(new StringContent("b"), "file", "b.txt");
        using var both = Form(("kind", "scripted"), ("input", """{"text":"x"}"""));
        both.Add(new StringContent("a"), "file", "a.txt");
        using var first = await server.Client.PostAsync("/api/jobs", two);
        using var second = await server.Client.PostAsync("/api/jobs", both);

        await first.IsProblemAsync(400, "too_many_files");
        Assert.Equal("input.text", (await second.IsProblemAsync(400, "invalid_body")).Text("property"));
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData("multipart/form-data; boundary=xyz")]
    public async Task A_form_that_breaks_its_rules_is_refused(string type)
    {
        using var body = new ByteArrayContent(Encoding.ASCII.GetBytes("--xyz\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nscr"));
        body.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await server.Client.PostAsync("/api/jobs", body);

        await response.IsProblemAsync(400, "malformed_multipart");
    }

    private static MultipartFormDataContent Form(params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        return form;
    }
}
