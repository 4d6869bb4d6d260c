using System.Text;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Analysis;

/// <summary>Tables have a bound, however they come.</summary>
public sealed class TableBoundTests(TableBoundTests.Small server) : IClassFixture<TableBoundTests.Small>
{
    private static readonly string Large = "a,b\n" + string.Concat(Enumerable.Repeat("1,2\n", 500));

    [Fact]
    public void The_bound_is_100_MB_unless_it_is_set() =>
        Assert.Equal(100 * 1024 * 1024, new ProgressHub.Workloads.Analysis.AnalysisOptions().MaxTableBytes);

    [Fact]
    public async Task A_question_over_too_large_a_file_fails_with_a_code()
    {
        var end = await server.Client.EndAsync(await server.AskOfFileAsync("How many rows?", Encoding.UTF8.GetBytes(Large)));

        Assert.Equal(("failed", "table_too_large"), (end.Text("state"), end.GetProperty("error").Text("code")));
    }

    [Fact]
    public async Task A_session_over_too_large_a_file_is_refused()
    {
        var file = await server.UploadAsync(Large);
        using var response = await server.Client.PostAsync("/api/sessions", WebServer.Json(new { file }));

        await response.IsProblemAsync(422, "table_too_large");
    }

    [Fact]
    public async Task A_file_that_is_not_whole_yet_makes_no_session()
    {
        var file = await server.Client.BeginUploadAsync(100, "table.csv");
        using var response = await server.Client.PostAsync("/api/sessions", WebServer.Json(new { file }));

        await response.IsProblemAsync(409, "upload_incomplete");
    }

    public sealed class Small : AnalysisServer
    {
        protected override Dictionary<string, string?> Settings => new(base.Settings) { ["Analysis:MaxTableBytes"] = "1000" };
    }
}
