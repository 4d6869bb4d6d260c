using System.Data.Common;
using ProgressHub.Core.Uploads;

namespace ProgressHub.Core.Storage;

/// <summary>A <see cref="StoredFile"/> as columns.</summary>
internal static class FileRow
{
    /// <summary>What <see cref="Read"/> expects, in its order.</summary>
    public const string Columns =
        "f.id, f.owner, f.name, f.media_type, f.length, f.received, f.resumable, f.created_at, f.touched_at, f.completed_at, f.concat, " +
        "f.writer, f.turn, f.wanted, f.arrived, f.expected";

    /// <summary>Where a column stands that follows on these.</summary>
    public const int Next = 16;

    public static StoredFile Read(DbDataReader reader) => new()
    {
        Id = reader.GetString(0),
        Owner = reader.GetString(1),
        Name = reader.GetString(2),
        MediaType = reader.GetString(3),
        Length = reader.IsDBNull(4) ? null : reader.GetInt64(4),
        Received = reader.GetInt64(5),
        Resumable = reader.GetInt32(6) != 0,
        CreatedAt = Moment.Read(reader, 7),
        TouchedAt = Moment.Read(reader, 8),
        CompletedAt = Moment.ReadOptional(reader, 9),
        Concatenation = reader.IsDBNull(10) ? null : reader.GetString(10),
        Turn = new UploadTurn(reader.IsDBNull(11) ? null : reader.GetString(11), reader.GetInt64(12), reader.GetInt32(13) != 0),
        Arrived = reader.GetInt64(14),
        Expected = reader.GetInt64(15),
    };
}
