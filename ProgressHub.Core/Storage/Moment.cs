using System.Data.Common;

namespace ProgressHub.Core.Storage;

/// <summary>Moments as the store keeps them: whole 100 ns since 1970-01-01 UTC, so that none loses precision.</summary>
internal static class Moment
{
    public static long ToStored(DateTimeOffset moment) => moment.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;

    public static long? ToStored(DateTimeOffset? moment) => moment is { } value ? ToStored(value) : null;

    public static DateTimeOffset FromStored(long stored) => DateTimeOffset.UnixEpoch.AddTicks(stored);

    public static DateTimeOffset Read(DbDataReader reader, int column) => FromStored(reader.GetInt64(column));

    public static DateTimeOffset? ReadOptional(DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : Read(reader, column);
}
