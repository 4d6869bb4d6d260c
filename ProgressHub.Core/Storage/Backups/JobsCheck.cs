using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using ProgressHub.Core.Storage.Sqlite;

namespace ProgressHub.Core.Storage.Backups;

/// <summary>Holds every event and state to its checksum, and looks for the bytes of every file.</summary>
internal static class JobsCheck
{
    private const int FirstWithSums = 9;
    private const string Events = "SELECT j.id, e.seq, e.body, e.body_sum FROM jobs j JOIN events e ON e.job = j.ord ORDER BY j.ord, e.seq";

    private static readonly SqlStatement Version = new("SELECT MAX(version) FROM schema_version");

    private static readonly SqlStatement States = new("""
        SELECT j.id, j.last_seq, j.snapshot, j.snapshot_sum, (SELECT MAX(e.seq) FROM events e WHERE e.job = j.ord) FROM jobs j ORDER BY j.ord
        """);

    private static readonly SqlStatement Files =
        new("SELECT f.id, f.received, j.id FROM files f LEFT JOIN job_files l ON l.file = f.id LEFT JOIN jobs j ON j.ord = l.job WHERE f.received > 0");

    /// <summary>What is damaged.</summary>
    public static IEnumerable<DataFinding> Run(SqliteConnection connection, DataFolders folders)
    {
        // The connection is its owner's: only what was prepared on it goes.
        var session = SessionOn(connection, folders);
        if (Convert.ToInt32(session.Scalar(Version) ?? 0, CultureInfo.InvariantCulture) < FirstWithSums)
            return [new DataFinding(DataFolders.MainDatabase, null, "is of an earlier version, without checksums; start the server on it once, then check again.")];
        return [.. OfStates(session), .. OfEvents(connection), .. OfFiles(session, folders)];
    }

    /// <summary>A session on a connection to the database of the jobs.</summary>
    public static SqlSession SessionOn(SqliteConnection connection, DataFolders folders) =>
        new(connection, new SqliteDialect(folders.Data, TimeProvider.System, NullLogger.Instance));

    /// <summary>Files of which bytes are missing.</summary>
    public static IEnumerable<DataFinding> OfFiles(SqlSession session, DataFolders folders) => session
        .Query(Files, reader => (File: reader.GetString(0), Received: reader.GetInt64(1), Job: reader.IsDBNull(2) ? null : reader.GetString(2)))
        .Select(row => (row, Name: $"blobs/{row.File[..2]}/{row.File}"))
        .Select(each => (each.row, each.Name, Length: new FileInfo(folders.PathOf(each.Name)) is { Exists: true } file ? file.Length : -1))
        .Where(each => each.Length < each.row.Received)
        .Select(each => new DataFinding(each.Name, each.row.Job, each.Length < 0
            ? "is missing."
            : string.Create(CultureInfo.InvariantCulture, $"has {each.Length} bytes instead of {each.row.Received}.")));

    private static List<DataFinding> OfStates(SqlSession session) => session.Query(States, reader =>
    {
        var (job, last) = (reader.GetString(0), reader.GetInt64(1));
        if (!IsSound(reader, body: 2, sum: 3, last))
            return Finding(job, "its state is not what was written.");
        return !reader.IsDBNull(4) && reader.GetInt64(4) == last ? null : Finding(job, $"its last event, {last}, is missing.");
    }).OfType<DataFinding>().ToList();

    // One finding a job: a page that was lost takes hundreds of events with it.
    private static IEnumerable<DataFinding> OfEvents(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Events;
        using var reader = command.ExecuteReader();
        var (hurt, first, count) = ("", 0L, 0);
        while (reader.Read())
        {
            if (IsSound(reader, body: 2, sum: 3, reader.GetInt64(1)))
                continue;
            if (reader.GetString(0) is var job && job != hurt)
            {
                if (count > 0)
                    yield return OfEvents(hurt, first, count);
                (hurt, first, count) = (job, reader.GetInt64(1), 0);
            }

            count++;
        }

        if (count > 0)
            yield return OfEvents(hurt, first, count);
    }

    private static DataFinding OfEvents(string job, long first, int count) => Finding(job, string.Create(
        CultureInfo.InvariantCulture, $"event {first} is not what was written ({count} such events)."));

    private static DataFinding Finding(string job, string text) => new(DataFolders.MainDatabase, job, text);

    private static bool IsSound(DbDataReader reader, int body, int sum, long number) =>
        reader.GetFieldType(body) == typeof(byte[])
        && (reader.IsDBNull(sum) || reader.GetInt64(sum) == RowSum.Of(number, reader.GetFieldValue<byte[]>(body)));
}
