using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>A <see cref="Schedule"/> as columns.</summary>
internal static class ScheduleRow
{
    /// <summary>What <see cref="Read"/> expects, in its order.</summary>
    public const string Columns =
        "id, owner, name, kind, tags, cron, time_zone, at, overlap, enabled, created_at, next_at, last_due, last_at, last_outcome, " +
        "last_code, last_message, run_job, last_job, version";

    private const int Input = 20;

    public static Schedule Read(DbDataReader reader) => new()
    {
        Id = reader.GetString(0),
        Owner = reader.GetString(1),
        Name = reader.GetString(2),
        Kind = reader.GetString(3),
        Tags = reader.IsDBNull(4) ? [] : JobRow.ReadTags(reader.GetString(4)),
        Times = new ScheduleTimes(Text(reader, 5), reader.GetString(6), Moment.ReadOptional(reader, 7)),
        Overlap = Named<ScheduleOverlap>(reader.GetString(8)),
        IsEnabled = reader.GetInt32(9) != 0,
        CreatedAt = Moment.Read(reader, 10),
        NextAt = Moment.ReadOptional(reader, 11),
        LastRun = reader.IsDBNull(12) ? null : new ScheduleRun(Moment.Read(reader, 12), Moment.Read(reader, 13), Named<ScheduleOutcome>(reader.GetString(14)))
        {
            Code = Text(reader, 15), Message = Text(reader, 16), Job = Job(reader, 17),
        },
        LastJob = Job(reader, 18),
        Version = reader.GetInt64(19),
    };

    /// <summary>The same with the column <c>input</c> behind the others.</summary>
    public static Schedule ReadWhole(DbDataReader reader) =>
        Read(reader) with { Input = JsonElement.Parse(reader.GetFieldValue<byte[]>(Input)) };

    public static byte[] Write(JsonElement? input) => Encoding.UTF8.GetBytes(input is { } json ? json.GetRawText() : "{}");

    public static string NameOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static T Named<T>(string name)
        where T : struct, Enum =>
        Enum.TryParse<T>(name, ignoreCase: true, out var value) ? value : throw new InvalidDataException($"The store holds an unknown {typeof(T).Name} '{name}'.");

    private static string? Text(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static JobId? Job(DbDataReader reader, int column) =>
        Text(reader, column) is { } id ? JobId.Parse(id, CultureInfo.InvariantCulture) : null;
}
