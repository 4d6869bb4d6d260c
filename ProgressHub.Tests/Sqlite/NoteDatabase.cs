using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using ProgressHub.Core.Sqlite;

namespace ProgressHub.Tests.Sqlite;

/// <summary>A small database in a folder of its own.</summary>
internal sealed class NoteDatabase : IAsyncDisposable
{
    public const string Table = "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL);";

    public static readonly IReadOnlyList<MigrationScript> Schema =
        [new(1, "notes", Table), new(2, "marks", "ALTER TABLE notes ADD COLUMN mark TEXT;")];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("progresshub-sqlite-");

    public NoteDatabase() => Database = Open();

    public string Path => System.IO.Path.Combine(_folder.FullName, "notes.db");

    public SqliteDatabase Database { get; private set; }

    /// <summary>Closes it and opens the same file again.</summary>
    public async Task ReopenAsync(IReadOnlyList<MigrationScript>? schema = null)
    {
        await Database.DisposeAsync();
        Database = Open(schema);
    }

    public Task<int> AddAsync(string text) => Database.WriteAsync(
        connection => connection.Execute("INSERT INTO notes (text) VALUES (@text)", new { text }), CancellationToken.None);

    public Task<long> CountAsync() => Database.ReadAsync(
        connection => connection.ExecuteScalar<long>("SELECT count(*) FROM notes"), CancellationToken.None);

    /// <summary>Holds the thread that writes until the result is completed.</summary>
    public async Task<TaskCompletionSource> HoldWriterAsync()
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = Database.WriteAsync(
            _ =>
            {
                held.TrySetResult();
                return release.Task.Wait(Support.Patience.Limit);
            },
            CancellationToken.None);
        await Support.Patience.Soon(held.Task);
        return release;
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private SqliteDatabase Open(IReadOnlyList<MigrationScript>? schema = null) =>
        new(new SqliteFile(Path), schema ?? Schema, TimeProvider.System, NullLogger.Instance);
}
