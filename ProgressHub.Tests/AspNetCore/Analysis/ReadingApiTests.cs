using System.Text.Json;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Analysis;

/// <summary>How a file was read is said, and can be corrected in the same shape.</summary>
public sealed class ReadingApiTests(AnalysisServer server) : IClassFixture<AnalysisServer>
{
    private const string Csv = "Report\nday;amount;zip\n03/04/2024;1.234;02138\n05/06/2024;2.500;10001\n";

    [Fact]
    public async Task A_session_says_how_its_file_was_read_and_takes_it_back_corrected()
    {
        var first = (await server.SessionAsync(new { file = await server.UploadAsync(Csv) })).Text("id");
        await server.AnswerAsync(new { session = first, question = "How many rows?" });
        var said = (await server.Client.JsonAsync($"/api/sessions/{first}")).GetProperty("reading");
        Assert.Equal((";", "utf-8", 1, 1), (said.Text("delimiter"), said.Text("encoding"), said.GetProperty("skipRows").GetInt32(), said.GetProperty("headerRows").GetInt32()));
        Assert.Equal(["date", "integer", "text"], said.GetProperty("columns").EnumerateArray().Select(c => c.Text("type")));
        Assert.NotEqual(0, said.GetProperty("notes").GetArrayLength());

        var second = (await server.SessionAsync(new
        {
            file = await server.UploadAsync(Csv),
            reading = new { columns = new object[] { new { name = "amount", type = "real", @decimal = "." }, new { name = "day", type = "date", order = "monthFirst" } } },
        })).Text("id");
        var answer = await server.AnswerAsync(new { session = second, mode = "execute", sql = "SELECT day, amount FROM data" });

        Assert.Equal("2024-03-04", answer.GetProperty("rows")[0][0].GetString());
        Assert.Equal(1.234, answer.GetProperty("rows")[0][1].GetDouble());
    }

    [Fact]
    public async Task A_question_over_a_file_takes_a_reading_too()
    {
        var file = await server.UploadAsync("1;2\n3;4\n");

        var answer = await server.AnswerAsync(new { file, reading = new { headerRows = 1 }, mode = "execute", sql = "SELECT * FROM data" });

        Assert.Equal(1, answer.GetProperty("rows").GetArrayLength());
    }

    [Theory]
    [InlineData("""{"delimiter":";;"}""", "invalid_reading")]
    [InlineData("""{"encoding":"klingon"}""", "invalid_reading")]
    [InlineData("""{"headerRows":9}""", "invalid_reading")]
    [InlineData("""{"columns":[{"name":"a","type":"colour"}]}""", "invalid_input")]
    [InlineData("""{"columns":[{"name":"a","decimal":"x"}]}""", "invalid_reading")]
    [InlineData("7", "invalid_input")]
    public async Task A_reading_that_makes_no_sense_is_refused_before_anything_is_read(string reading, string code)
    {
        var file = await server.UploadAsync("a,b\n1,2\n");
        using var response = await server.Client.PostAsync("/api/jobs", WebServer.Json(new { kind = "analysis", input = new { file, question = "How many rows?", reading = JsonElement.Parse(reading) } }));

        await response.IsProblemAsync(422, code);
    }

    [Fact]
    public async Task A_column_that_is_not_there_is_said()
    {
        var file = await server.UploadAsync("a,b\n1,2\n");

        var end = await server.Client.EndAsync(await server.AskAsync(new { file, question = "How many rows?", reading = new { columns = new[] { new { name = "c", type = "text" } } } }));

        Assert.Equal(("failed", "invalid_reading"), (end.Text("state"), end.GetProperty("error").Text("code")));
    }
}
