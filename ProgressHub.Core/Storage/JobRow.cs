using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>A <see cref="Job"/> as columns.</summary>
internal static partial class JobRow
{
    /// <summary>What <see cref="Read"/> expects, in its order.</summary>
    public const string Columns =
        "ord, id, kind, title, tags, owner, state, attempt, fruitless_attempts, created_at, started_at, finished_at, " +
        "run_after, cancel_requested, retry_of, reuse_partials, node";

    /// <summary>How many they are: where what stands behind them begins.</summary>
    public const int Width = 17;

    public static (long Ord, Job Job) Read(DbDataReader reader) => (reader.GetInt64(0), new Job
    {
        Id = ReadId(reader, 1),
        Kind = reader.GetString(2),
        Title = reader.GetString(3),
        Tags = reader.IsDBNull(4) ? [] : ReadTags(reader.GetString(4)),
        Owner = reader.GetString(5),
        State = ReadState(reader.GetString(6)),
        Attempt = reader.GetInt32(7),
        AttemptsWithoutProgress = reader.GetInt32(8),
        CreatedAt = Moment.Read(reader, 9),
        StartedAt = Moment.ReadOptional(reader, 10),
        FinishedAt = Moment.ReadOptional(reader, 11),
        RunAfter = Moment.ReadOptional(reader, 12),
        CancelRequested = reader.GetInt32(13) != 0,
        RetryOf = reader.IsDBNull(14) ? null : ReadId(reader, 14),
        ReusePartials = reader.GetInt32(15) != 0,
        Node = reader.IsDBNull(16) ? null : reader.GetString(16),
    });

    public static JobId ReadId(DbDataReader reader, int column) =>
        JobId.Parse(reader.GetString(column), CultureInfo.InvariantCulture);

    public static JobState ReadState(string name) =>
        JobStates.Parse(name) ?? throw new InvalidDataException($"The store holds an unknown job state '{name}'.");

    public static string? WriteTags(IReadOnlyList<string> tags) =>
        tags.Count == 0 ? null : JsonSerializer.Serialize(tags, TagJson.Default.IReadOnlyListString);

    public static IReadOnlyList<string> ReadTags(string json) =>
        JsonSerializer.Deserialize(json, TagJson.Default.IReadOnlyListString) ?? [];

    [JsonSerializable(typeof(IReadOnlyList<string>))]
    private sealed partial class TagJson : JsonSerializerContext;
}
