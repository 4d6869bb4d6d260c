using System.Buffers.Binary;

namespace ProgressHub.Core.Sqlite;

/// <summary>
/// Reads a write-ahead log as SQLite will when it recovers from it, before SQLite does: that ends at the first frame whose
/// checksum is wrong, and drops what is behind it without a word.
/// </summary>
/// <remarks>
/// The format is that of https://www.sqlite.org/walformat.html: a header of 32 bytes, then frames, a header of 24 bytes and
/// a page each. A frame with the size of the database in its second field ends a transaction. Checksums run on from frame
/// to frame. Frames of an earlier round of the log have other salts.
/// </remarks>
internal static class WriteAheadLog
{
    private const int HeaderBytes = 32;
    private const int FrameHeaderBytes = 24;
    private const int SaltsAt = 8;
    private const uint LittleEndian = 0x377f0682;
    private const uint BigEndian = 0x377f0683;

    /// <summary>Walks a log.</summary>
    /// <param name="path">The file, whose name ends in <c>-wal</c>.</param>
    /// <returns>What SQLite will find; null where there is no log, or an empty one.</returns>
    /// <exception cref="IOException">It can't be read.</exception>
    public static LogCondition? Examine(string path)
    {
        if (!File.Exists(path))
            return null;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1024 * 1024);
        var header = new byte[HeaderBytes];
        return file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) == HeaderBytes ? Walk(file, header) : null;
    }

    private static LogCondition? Walk(FileStream file, byte[] header)
    {
        var magic = Number(header, 0);
        var pageBytes = Number(header, 8);
        var sum = new Sum(magic == BigEndian);
        sum.Add(header.AsSpan(0, 24));
        if (magic is not (LittleEndian or BigEndian) || !IsPageSize(pageBytes) || !sum.Is(Number(header, 24), Number(header, 28)))
            return OfBrokenHeader(file, header);

        var salts = header.AsSpan(16, 8);
        var frame = new byte[FrameHeaderBytes + pageBytes];
        var (read, good, broken, commitsBehind) = (0L, 0L, 0L, 0);
        while (file.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length)
        {
            read++;
            var isOfThisRound = frame.AsSpan(SaltsAt, 8).SequenceEqual(salts);
            if (broken == 0 && isOfThisRound)
            {
                sum.Add(frame.AsSpan(0, 8));
                sum.Add(frame.AsSpan(FrameHeaderBytes));
                if (sum.Is(Number(frame, 16), Number(frame, 20)))
                {
                    good = Number(frame, 4) != 0 ? read : good;
                    continue;
                }
            }

            if (broken == 0)
                broken = read;
            else if (isOfThisRound && Number(frame, 4) != 0)
                commitsBehind++;
        }

        return new LogCondition(good, broken, commitsBehind, file.Length);
    }

    // A round of the log begins with a header of its own: the first salt one higher than before, the other by chance. One
    // that was cut off while it was written has neither of those that the frames behind it have.
    private static LogCondition? OfBrokenHeader(FileStream file, byte[] header)
    {
        foreach (var pageBytes in PageSizes())
        {
            file.Position = HeaderBytes;
            var frame = new byte[FrameHeaderBytes + pageBytes];
            var (read, commits) = (0L, 0);
            byte[]? salts = null;
            while (file.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length)
            {
                read++;
                salts ??= frame.AsSpan(SaltsAt, 8).ToArray();
                if (!frame.AsSpan(SaltsAt, 8).SequenceEqual(salts))
                    break;
                if (Number(frame, 4) != 0)
                    commits++;
            }

            if (read < 2 || commits == 0 || salts is null)
                continue;
            var isOfNextRound = Number(header, 16) == BinaryPrimitives.ReadUInt32BigEndian(salts) + 1
                && !header.AsSpan(20, 4).SequenceEqual(salts.AsSpan(4));
            return new LogCondition(0, 1, isOfNextRound ? 0 : commits, file.Length);
        }

        return new LogCondition(0, 0, 0, file.Length);
    }

    private static IEnumerable<uint> PageSizes() => Enumerable.Range(9, 8).Select(power => 1u << power).OrderBy(bytes => bytes != 4096);

    private static bool IsPageSize(uint bytes) => bytes is >= 512 and <= 65536 && (bytes & (bytes - 1)) == 0;

    private static uint Number(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);

    /// <summary>The running checksum: two sums over pairs of 32-bit numbers, in the order of bytes that the magic number names.</summary>
    private struct Sum(bool isBigEndian)
    {
        private uint _first;
        private uint _second;

        public void Add(ReadOnlySpan<byte> bytes)
        {
            for (var i = 0; i < bytes.Length; i += 8)
            {
                _first += Read(bytes[i..]) + _second;
                _second += Read(bytes[(i + 4)..]) + _first;
            }
        }

        public readonly bool Is(uint first, uint second) => _first == first && _second == second;

        private readonly uint Read(ReadOnlySpan<byte> bytes) => isBigEndian
            ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }
}

/// <summary>What a walk through a write-ahead log has found.</summary>
/// <param name="LastCommit">The frame that ends the last transaction that can be read, from 1; 0 for none.</param>
/// <param name="FirstBroken">The first frame that can't be read, from 1; 0 for none.</param>
/// <param name="CommitsBehind">How many frames behind that one end a transaction of the same round.</param>
/// <param name="Bytes">The length of the log.</param>
internal sealed record LogCondition(long LastCommit, long FirstBroken, int CommitsBehind, long Bytes)
{
    /// <summary>
    /// Whether it is damaged. Each commit is on the disk before the next is written, so that a crash can tear the last
    /// transaction alone, and its own end may be behind the tear. Two ends behind it can't come from a crash.
    /// </summary>
    public bool IsDamaged => FirstBroken > 0 && CommitsBehind >= 2;

    /// <summary>Whether its last transaction was cut off, which a crash does to one that nobody was told of.</summary>
    public bool IsTorn => FirstBroken > 0 && CommitsBehind == 1;
}
