using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Analysis;

/// <summary>How a file is read is shown with its first rows before there is a session and later, and is corrected there.</summary>
public sealed class ReadingChangeTests(AnalysisServer server) : IClassFixture<AnalysisServer>
{
    private const string Csv = "zip;day;amount\n02138;03/04/2024;1.5\n10001;05/06/2024;2.5\n";

    [Fact]
    public async Task A_file_is_shown_before_there_is_a_session()
    {
        var file = await server.UploadAsync(Csv);

        var shown = await PreviewAsync(new { file });
        var corrected = await PreviewAsync(new { file, reading = new { columns = new[] { new { name = "day", order = "dayFirst" } } } });

        Assert.Equal(["text", "date", "real"], shown.GetProperty("columns").EnumerateArray().Select(c => c.Text("type")));
        Assert.Equal(["02138", "2024-03-04"], shown.GetProperty("first")[0].EnumerateArray().Take(2).Select(c => c.GetString()!));
        Assert.Equal(("2024-04-03", "dayFirst"), (corrected.GetProperty("first")[0][1].GetString(), corrected.GetProperty("wanted").GetProperty("columns")[0].Text("order")));
        Assert.DoesNotContain("dayFirst", shown.TryGetProperty("wanted", out var wanted) ? wanted.GetRawText() : "", StringComparison.Ordinal);
        Assert.Equal(20, (await PreviewAsync(new { sample = "prices" })).GetProperty("first").GetArrayLength());
    }

    [Fact]
    public async Task A_session_is_read_when_it_is_made_and_again_in_another_way()
    {
        var session = await server.SessionAsync(new { name = "Mine", file = await server.UploadAsync(Csv) });
        var id = session.Text("id");
        Assert.Equal(("Mine", 2), (session.Text("name"), session.GetProperty("data").GetProperty("rows").GetInt32()));
        await server.AnswerAsync(new { session = id, question = "total amount" });
        Assert.True((await server.AnswerAsync(new { session = id, question = "total amount" })).GetProperty("cached").GetBoolean());

        using var changed = await server.Client.PutAsync($"/api/sessions/{id}/reading", WebServer.Json(new { headerRows = 0, columns = new[] { new { name = "column_3", type = "text" } } }));

        Assert.True(changed.IsSuccessStatusCode, await changed.Content.ReadAsStringAsync());
        var shown = await server.Client.JsonAsync($"/api/sessions/{id}/reading");
        Assert.Equal(3, shown.GetProperty("rows").GetInt32());
        Assert.Equal("zip", shown.GetProperty("first")[0][0].GetString());
        Assert.Equal(3, (await server.AnswerAsync(new { session = id, mode = "execute", sql = "SELECT * FROM data" })).GetProperty("rows").GetArrayLength());

        using var back = await server.Client.PutAsync($"/api/sessions/{id}/reading", WebServer.Json(new { }));
        Assert.True(back.IsSuccessStatusCode);
        Assert.False((await server.AnswerAsync(new { session = id, question = "total amount" })).GetProperty("cached").GetBoolean());
    }

    [Fact]
    public async Task A_reading_that_does_not_fit_changes_nothing()
    {
        var id = (await server.SessionAsync(new { file = await server.UploadAsync(Csv) })).Text("id");

        using var refused = await server.Client.PutAsync($"/api/sessions/{id}/reading", WebServer.Json(new { columns = new[] { new { name = "colour", type = "text" } } }));

        await refused.IsProblemAsync(422, "invalid_reading");
        Assert.Equal(2, (await server.Client.JsonAsync($"/api/sessions/{id}/reading")).GetProperty("rows").GetInt32());
    }

    [Fact]
    public async Task What_is_no_table_makes_no_session_and_what_is_not_there_is_said()
    {
        var empty = await server.UploadAsync("a,b\n");
        using var session = await server.Client.PostAsync("/api/sessions", WebServer.Json(new { file = empty }));
        using var preview = await server.Client.PostAsync("/api/tables/preview", WebServer.Json(new { file = empty }));
        using var neither = await server.Client.PostAsync("/api/tables/preview", WebServer.Json(new { }));
        using var absent = await server.Client.GetAsync($"/api/sessions/{new string('0', 32)}/reading");

        await session.IsProblemAsync(422, "empty_table");
        await preview.IsProblemAsync(422, "empty_table");
        await neither.IsProblemAsync(422, "invalid_input");
        await absent.IsProblemAsync(404, "session_not_found");
    }

    private async Task<System.Text.Json.JsonElement> PreviewAsync(object about)
    {
        using var response = await server.Client.PostAsync("/api/tables/preview", WebServer.Json(about));
        return System.Text.Json.JsonElement.Parse(await response.Content.ReadAsStringAsync());
    }
}
