using System.Globalization;
using System.Text;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Cluster;

/// <summary>Committed events of one job on their way to another node.</summary>
/// <param name="Owner">Whose job it is.</param>
/// <param name="Frames">The events, in order.</param>
internal readonly record struct RelayedFrames(string Owner, IReadOnlyList<EventFrame> Frames)
{
    /// <summary>About how many bytes they are on the wire.</summary>
    public long Bytes => Frames.Sum(static frame => (long)frame.Json.Length + 64);
}

/// <summary>
/// Events of several jobs as one message: a version, then for each job its owner, its id and its events, whose JSON is that of
/// the log and is not decoded on the way.
/// </summary>
internal static class RelayBatch
{
    /// <summary>The first byte. A node drops what has another, and goes by the log.</summary>
    public const byte Version = 1;

    private const int NoItem = -1;

    /// <summary>Writes a message.</summary>
    public static byte[] Write(IReadOnlyList<RelayedFrames> batch)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Version);
        writer.Write(batch.Count);
        foreach (var (owner, frames) in batch)
        {
            writer.Write(owner);
            writer.Write(frames[0].JobId.ToString());
            writer.Write(frames.Count);
            foreach (var frame in frames)
                Write(writer, frame);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Reads a message; nothing where its version is another.</summary>
    public static IReadOnlyList<RelayedFrames> Read(byte[] batch)
    {
        using var reader = new BinaryReader(new MemoryStream(batch), Encoding.UTF8);
        if (batch.Length == 0 || reader.ReadByte() != Version)
            return [];
        var jobs = new RelayedFrames[reader.ReadInt32()];
        for (var i = 0; i < jobs.Length; i++)
        {
            var owner = reader.ReadString();
            var id = JobId.Parse(reader.ReadString(), CultureInfo.InvariantCulture);
            var frames = new EventFrame[reader.ReadInt32()];
            for (var k = 0; k < frames.Length; k++)
                frames[k] = Read(reader, id);
            jobs[i] = new RelayedFrames(owner, frames);
        }

        return jobs;
    }

    private static void Write(BinaryWriter writer, EventFrame frame)
    {
        writer.Write(frame.Seq);
        writer.Write(frame.Type);
        writer.Write(frame.Item ?? NoItem);
        writer.Write(frame.Ending ?? 0);
        writer.Write(frame.Json.Length);
        writer.Write(frame.Json.Span);
    }

    private static EventFrame Read(BinaryReader reader, JobId id)
    {
        var (seq, type, item, ending) = (reader.ReadInt64(), reader.ReadString(), reader.ReadInt32(), reader.ReadInt64());
        var frame = EventFrame.FromStored(
            id, seq, type, item == NoItem ? null : item, reader.ReadBytes(reader.ReadInt32()));
        if (ending > 0)
            frame.Ending = ending;
        return frame;
    }
}
