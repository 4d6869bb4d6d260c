using System.Diagnostics.CodeAnalysis;
using Dapper;
using Microsoft.Data.Sqlite;
using ProgressHub.Core.Sqlite;

namespace ProgressHub.Tests.Sqlite;

[SuppressMessage("Design", "CA1001", Justification = "xUnit disposes it through IAsyncLifetime.")]
public sealed class SchemaMigratorTests : IAsyncLifetime
{
    private readonly NoteDatabase _notes = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _notes.DisposeAsync();

    [Fact]
    public async Task A_fresh_database_gets_every_step_in_order() =>
        Assert.Equal(["1 notes", "2 marks"], await VersionsAsync());

    [Fact]
    public async Task A_database_gets_only_the_steps_it_lacks()
    {
        await _notes.ReopenAsync([NoteDatabase.Schema[0]]);
        await _notes.AddAsync("kept");

        await _notes.ReopenAsync();

        Assert.Equal(["1 notes", "2 marks"], await VersionsAsync());
        Assert.Equal(1, await _notes.CountAsync());
    }

    [Fact]
    public async Task A_database_that_kept_its_version_in_its_header_goes_on_from_there()
    {
        Make($"{NoteDatabase.Table} INSERT INTO notes (text) VALUES ('kept'); PRAGMA user_version = 1;");

        Assert.Equal(["1 notes", "2 marks"], await VersionsAsync());
        Assert.Equal(1, await _notes.CountAsync());
        await _notes.ReopenAsync();
        Assert.Equal(["1 notes", "2 marks"], await VersionsAsync());
    }

    [Theory]
    [InlineData("CREATE TABLE schema_version (version INTEGER PRIMARY KEY, name TEXT, applied_at BIGINT); INSERT INTO schema_version VALUES (9, 'from_the_future', 0);", "9 (from_the_future)")]
    [InlineData("PRAGMA user_version = 9;", "9")]
    public async Task A_database_of_a_newer_program_is_refused_by_name_and_left_as_it_is(string schema, string version)
    {
        Make(schema);
        var before = Schema();

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => _notes.CountAsync());

        Assert.Contains($"notes.db has schema version {version}, made by a newer ProgressHub", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, Schema().Where(name => name != "schema_version" || before.Contains(name)));
    }

    [Fact]
    public async Task A_step_that_fails_is_undone_and_tried_again()
    {
        MigrationScript[] broken = [NoteDatabase.Schema[0], new(2, "broken", "ALTER TABLE notes ADD COLUMN mark TEXT; SELECT nothing FROM nowhere;")];
        await _notes.ReopenAsync(broken);
        await Assert.ThrowsAsync<SqliteException>(() => _notes.CountAsync());

        await _notes.ReopenAsync();

        Assert.Equal(["1 notes", "2 marks"], await VersionsAsync());
    }

    [Fact]
    public void Steps_of_a_schema_are_numbered_without_a_gap() => Assert.Throws<InvalidOperationException>(
        () => MigrationScripts.Embedded(typeof(SqliteFile).Assembly, "ProgressHub.Core.Nowhere"));

    private Task<List<string>> VersionsAsync() => _notes.Database.ReadAsync(
        connection => connection.Query<string>("SELECT version || ' ' || name FROM schema_version ORDER BY version").AsList(),
        CancellationToken.None);

    private void Make(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_notes.Path};Pooling=false");
        connection.Execute(sql);
    }

    private List<string> Schema()
    {
        using var connection = new SqliteConnection($"Data Source={_notes.Path};Pooling=false");
        return connection.Query<string>("SELECT name FROM sqlite_master").AsList();
    }
}
