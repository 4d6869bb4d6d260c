using ProgressHub.Core.Jobs;
using ProgressHub.Core.Storage;

namespace ProgressHub.Tests.Storage;

/// <summary>Jobs, files and results in tables that do not count them yet, and what is counted once they do.</summary>
internal static class UsageOfBefore
{
    private static readonly DateTimeOffset Today = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    private const string Priced = """{"usage":{"inputTokens":100,"outputTokens":40,"calls":2,"cost":0.25,"currency":"USD"}}""";
    private const string Counted = """{"usage":{"inputTokens":7,"outputTokens":0,"calls":1}}""";
    private const string Cheap = """{"usage":{"inputTokens":1000,"outputTokens":0,"calls":1,"cost":0.0000015,"currency":"USD"}}""";
    private const string Nothing = "{}";

    /// <summary>Fills the tables.</summary>
    /// <param name="bytes">An expression of the database: a text's bytes.</param>
    public static string Sql(Func<string, string> bytes) => $"""
        INSERT INTO jobs (ord, id, kind, title, title_folded, owner, state, attempt, fruitless_attempts, cancel_requested, reuse_partials, created_at, last_seq, snapshot) VALUES
          {Job(bytes, 1, "ann", Today, Priced)},
          {Job(bytes, 2, "ann", Today.AddDays(-1), Counted)},
          {Job(bytes, 3, "ann", Today.AddMonths(-1), Cheap)},
          {Job(bytes, 4, "ann", Today, Nothing)},
          {Job(bytes, 5, "bob", Today, Nothing)};
        INSERT INTO results (job, content_type, file_name, body) VALUES (1, 'text/plain', 'a.txt', {bytes("12345")}), (5, 'text/plain', 'a.txt', {bytes("1")});
        INSERT INTO files (id, owner, name, media_type, length, received, resumable, used, created_at, touched_at) VALUES
          ('f1', 'ann', 'a', 'text/plain', 1000, 10, 0, 0, 0, 0), ('f2', 'ann', 'b', 'text/plain', NULL, 30, 0, 0, 0, 0);
        """;

    /// <summary>All of it is counted, where it belongs.</summary>
    public static async Task AssertCountedAsync(IUsageStore usage)
    {
        var counted = await usage.CountAsync(["ann", "bob"], Today.AddHours(1), CancellationToken.None);
        var before = await usage.CountAsync(["ann"], Today.AddMonths(-1), CancellationToken.None);

        Assert.Equal((2, 3, 147, 0.25m, 1035), (counted[0].Today, counted[0].Month, counted[0].Tokens, counted[0].Cost, counted[0].StorageBytes));
        Assert.Equal((1, 1, 0, 0m, 1), (counted[1].Today, counted[1].Month, counted[1].Tokens, counted[1].Cost, counted[1].StorageBytes));
        Assert.Equal((1, 1000, 0.0000015m), (before[0].Month, before[0].Tokens, before[0].Cost));
    }

    private static string Job(Func<string, string> bytes, int ord, string owner, DateTimeOffset at, string snapshot) =>
        $"({ord}, '{ord:x32}', 'a', 'A', 'A', '{owner}', 'succeeded', 1, 0, 0, 0, {Moment.ToStored(at)}, 3, {bytes(snapshot)})";
}
