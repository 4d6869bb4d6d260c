using Microsoft.Data.Sqlite;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Dialects.SessionLog;

/// <summary>What is remembered can't be read: questions are answered all the same, and say so.</summary>
public sealed class SessionMemoryLossTests
{
    [Fact]
    public async Task A_cache_and_a_context_that_fail_are_told_of_and_cost_no_answer()
    {
        await using var server = new SessionLogServer();
        var session = SessionLogServer.NewSession();
        await server.AskAsync(session, "How many rows?");
        using (var database = new SqliteConnection($"Data Source={Path.Combine(server.Files, "analysis", "analysis.db")};Pooling=False"))
        {
            database.Open();
            using var command = database.CreateCommand();
            command.CommandText = "DROP TABLE answers";
            command.ExecuteNonQuery();
        }

        var answer = await server.AskAsync(session, "How many rows?");
        var events = await server.EventsAsync(session);
        var search = await server.PostAsync("/search", new { query = "rows", session_id = session }, 503);

        Assert.Equal(4000, answer.GetProperty("rows")[0][0].GetInt32());
        Assert.Contains(events, e => e.Text("level") == "warning" && e.Text("message") == "Cache check failed - proceeding with analysis");
        Assert.Contains(events, e => e.Text("level") == "error" && e.Text("message")!.StartsWith("Context search failed: ", StringComparison.Ordinal));
        Assert.Equal("context_unavailable", search.Text("code"));
        Assert.Equal(("error", $"Context search failed: {search.Text("error")}"), ((await server.EventsAsync(session))[^1].Text("level"), (await server.EventsAsync(session))[^1].Text("message")));
    }
}
