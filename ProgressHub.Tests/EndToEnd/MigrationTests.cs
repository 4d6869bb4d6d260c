using Microsoft.Extensions.Logging.Abstractions;
using ProgressHub.Core.Accounts;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>A data directory is moved to PostgreSQL, and the server goes on with what it had.</summary>
[Collection(PostgresTests.Name)]
public sealed class MigrationTests(PostgresServer postgres)
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_server_on_what_was_moved_shows_the_same_jobs_logs_results_and_accounts()
    {
        var database = postgres.NewSchema();
        await using var server = await ServerProcess.StartNewAsync();
        var program = await ReportingJob.SubmitAsync(server.Client);
        for (var i = 0; i < 30; i++)
            await program.ReportAsync();
        var id = await server.Client.SubmitAsync(JobCalls.Pseudo(LongTexts.Prose(400), 50));
        await server.Client.EndAsync(id);
        var collection = await FillCollectionAsync(server.Client);
        var file = "day;amount\n2024-03-04;7\n2024-03-05;8\n"u8.ToArray();
        var upload = await server.Client.BeginUploadAsync(file.Length, "days.csv");
        await server.Client.SendAsync(upload, 0, file);
        using var made = await server.Client.PostAsync("/api/sessions", WebServer.Json(new { file = upload, name = "Days" }));
        var session = (await WebServer.ReadAsync(made)).Text("id");
        using var planned = await server.Client.PostAsync(
            "/api/schedules", WebServer.Json(new { name = "Yearly", kind = "translation", cron = "0 0 1 1 *", input = new { text = "Hello.", format = "plain", targetLanguage = "es" } }));
        var schedule = await server.Client.JsonAsync($"/api/schedules/{(await WebServer.ReadAsync(planned)).Text("id")}");
        var log = await server.Client.LogAsync(id);
        var result = await server.Client.GetStringAsync($"/api/jobs/{id}/result");
        Assert.Contains("in use by process", (await MoveAsync(server, database)).Error, StringComparison.Ordinal);
        await server.StopAsync();
        await AddAccountAsync(server.DataDirectory);

        var moved = await MoveAsync(server, database);
        Assert.Equal((0, ""), (moved.Code, moved.Error));
        Assert.Contains(moved.Output.Split('\n'), line => line.StartsWith("jobs: 3 rows, ", StringComparison.Ordinal) && line.EndsWith(" on both sides", StringComparison.Ordinal));
        Assert.Contains("has rows in", (await MoveAsync(server, database)).Error, StringComparison.Ordinal);
        Assert.Contains(moved.Output.Split('\n'), line => line.StartsWith("vectors: 1 rows, ", StringComparison.Ordinal));
        Assert.Contains(moved.Output.Split('\n'), line => line.StartsWith("sessions: 1 rows, ", StringComparison.Ordinal));
        Directory.Delete(Path.Combine(server.DataDirectory, "analysis", "tables"), recursive: true); // each node reads the file for itself
        (server.Settings["Storage:Provider"], server.Settings["Storage:ConnectionString"]) = ("Postgres", database);
        File.Delete(Path.Combine(server.DataDirectory, "external.key"));
        await server.StartAsync();

        Assert.True(await program.ReportAsync(), "The program's token is good no more.");
        Assert.Equal(log.Select(e => e.ToString()), (await server.Client.LogAsync(id)).Select(e => e.ToString()));
        Assert.Equal(result, await server.Client.GetStringAsync($"/api/jobs/{id}/result"));
        await program.AssertNothingLostAsync(server.Client, 30);
        Assert.Equal(schedule.ToString(), (await server.Client.JsonAsync($"/api/schedules/{schedule.Text("id")}")).ToString());
        var next = await server.Client.SubmitAsync(JobCalls.Pseudo("One more.", 50));
        Assert.Equal("succeeded", (await server.Client.EndAsync(next)).Text("state"));
        var found = await server.Client.JsonAsync($"/api/collections/{collection}/search?q=burrows");
        Assert.NotEqual(0, found.GetProperty("hits")[0].GetProperty("cosine").GetDouble());
        Assert.Equal(2, (await server.Client.JsonAsync($"/api/sessions/{session}/reading")).GetProperty("rows").GetInt64());
        Assert.Equal(4, (await server.Client.JsonAsync("/api/jobs")).GetProperty("jobs").GetArrayLength());
        await using var accounts = AccountDatabase.Shared(database, TimeProvider.System, new AccessChanges(), NullLogger<AccountDatabase>.Instance);
        Assert.Equal("Ann", (await accounts.Accounts.FindAsync("a", default))!.Name);
        await accounts.Audit.AddAsync(new AuditEntry(At, "a", "second", null, null), default);
        Assert.Equal([2L, 1L], (await accounts.Audit.ListAsync(new AuditQuery(), default)).Select(entry => entry.Id));
    }

    [Fact]
    public async Task What_differs_afterwards_leaves_nothing_there()
    {
        var database = postgres.NewSchema();
        await using var server = await ServerProcess.StartNewAsync();
        await server.Client.EndAsync(await server.Client.SubmitAsync(JobCalls.Pseudo("The lamp.", 50)));
        await server.StopAsync();
        await AddAccountAsync(server.DataDirectory);
        await using (var made = AccountDatabase.Shared(database, TimeProvider.System, new AccessChanges(), NullLogger<AccountDatabase>.Instance))
            await made.Accounts.ListAsync(default);
        var schema = database.Split('=')[^1];
        postgres.Run($"""
            CREATE FUNCTION {schema}.other() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.name := ''Eve''; RETURN NEW; END';
            CREATE TRIGGER other BEFORE INSERT ON {schema}.accounts FOR EACH ROW EXECUTE FUNCTION {schema}.other();
            """);

        var (code, error, output) = await MoveAsync(server, database);

        Assert.Equal(2, code);
        Assert.Contains("accounts: 1 rows were read", error, StringComparison.Ordinal);
        Assert.Contains("jobs: 1 rows", output, StringComparison.Ordinal);
        postgres.Run($"DO $$ BEGIN ASSERT (SELECT COUNT(*) FROM {schema}.jobs) = 0 AND (SELECT COUNT(*) FROM {schema}.accounts) = 0; END $$");
    }

    [Fact]
    public async Task Accounts_of_a_server_whose_jobs_are_in_PostgreSQL_already_are_moved_beside_them()
    {
        var database = postgres.NewSchema();
        await using var server = await ServerProcess.StartNewAsync(("Storage:Provider", "Postgres"), ("Storage:ConnectionString", database));
        await server.Client.EndAsync(await server.Client.SubmitAsync(JobCalls.Pseudo("The lamp.", 50)));
        await server.StopAsync();
        await AddAccountAsync(server.DataDirectory);

        var moved = await MoveAsync(server, database);

        Assert.Equal((0, ""), (moved.Code, moved.Error));
        await using var accounts = AccountDatabase.Shared(database, TimeProvider.System, new AccessChanges(), NullLogger<AccountDatabase>.Instance);
        Assert.Equal("Ann", (await accounts.Accounts.FindAsync("a", default))!.Name);
    }

    private static async Task<string> FillCollectionAsync(HttpClient client)
    {
        using var made = await client.PostAsync("/api/collections", WebServer.Json(new { name = "Birds", embedding = "hashed" }));
        var collection = (await WebServer.ReadAsync(made)).Text("id")!;
        var input = new { collection, documents = new[] { new { id = "p", text = "Puffins nest in burrows." } } };
        using var response = await client.PostAsync("/api/jobs", WebServer.Json(new { kind = "ingest", input }));
        await client.EndAsync((await WebServer.ReadAsync(response)).Id());
        return collection;
    }

    private static async Task AddAccountAsync(string directory)
    {
        await using var accounts = new AccountDatabase(
            directory, TimeProvider.System, new AccessChanges(), NullLogger<AccountDatabase>.Instance);
        await accounts.Accounts.AddAsync(new Account { Id = "a", Name = "Ann", PasswordHash = "x", CreatedAt = At }, default);
        await accounts.Audit.AddAsync(new AuditEntry(At, "a", "first", null, null), default);
    }

    private static Task<(int Code, string Error, string Output)> MoveAsync(ServerProcess server, string database) =>
        DataProgram.RunAsync("migrate", "--from", server.DataDirectory, "--to", database);
}
