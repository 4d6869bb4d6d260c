using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace ProgressHub.Workloads.TextFiles;

/// <summary>How the text of a file is encoded, found out by reading all of it once.</summary>
/// <param name="Encoding">The encoding.</param>
/// <param name="Warning">What a person should know about it; null where all is as it should be.</param>
internal sealed record TextSource(Encoding Encoding, string? Warning)
{
    private const int BufferBytes = 256 * 1024;
    private const int SampleBytes = 256 * 1024;

    /// <summary>An encoding of the name that a person gives; null where there is none.</summary>
    public static Encoding? Find(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>
    /// A byte order mark decides; then zero bytes at every other place, which are UTF-16; then escapes of ISO-2022-JP; then UTF-8,
    /// where all of it is valid, or most of what is not ASCII, with a warning; then what the letters look like, with a warning.
    /// </summary>
    /// <returns>Null where it is no text: it has zero bytes in it.</returns>
    public static TextSource? Of(Stream file, CancellationToken cancellationToken)
    {
        file.Position = 0;
        var buffer = new byte[BufferBytes];
        var read = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        var certain = Marked(buffer.AsSpan(0, read)) ?? Unmarked16(buffer.AsSpan(0, read)) ?? Escaped(buffer.AsSpan(0, read));
        if (certain is not null)
            return new TextSource(certain, null);

        long line = 1;
        var left = 0;
        var bad = new List<byte>();
        long? badLine = null;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var bytes = buffer.AsSpan(0, left + read);
            if (bytes.Contains((byte)0))
                return null;
            var whole = read == 0 ? bytes : bytes[..Complete(bytes)];
            if (!Utf8.IsValid(whole))
            {
                badLine ??= line + whole[..FirstBad(whole)].Count((byte)'\n');
                Collect(whole, bad);
            }

            if (read == 0 || bad.Count >= SampleBytes)
                break;
            line += whole.Count((byte)'\n');
            left = bytes.Length - whole.Length;
            bytes[whole.Length..].CopyTo(buffer);
            read = file.Read(buffer.AsSpan(left));
        }

        return badLine is null ? new TextSource(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), null) : Guess([.. bad], badLine.Value);
    }

    private static TextSource Guess(byte[] sample, long line)
    {
        if (IsMostlyUtf8(sample))
        {
            return new TextSource(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), string.Create(
                CultureInfo.InvariantCulture,
                $"The file is UTF-8 with some bytes that are not (from line {line}); � stands for them."));
        }

        var encoding = EncodingGuess.Of(sample);
        return new TextSource(encoding, string.Create(
            CultureInfo.InvariantCulture,
            $"The file is not valid UTF-8 (line {line}); it was read as {Label(encoding)}. If letters look wrong, save it as UTF-8."));
    }

    /// <summary>What people call an encoding.</summary>
    public static string Label(Encoding encoding) =>
        encoding.CodePage is >= 1250 and <= 1258 ? $"Windows-{encoding.CodePage}" : encoding.WebName.ToUpperInvariant();

    private static Encoding? Marked(ReadOnlySpan<byte> start) => start switch
    {
        [0xFF, 0xFE, 0, 0, ..] => Encoding.UTF32,
        [0, 0, 0xFE, 0xFF, ..] => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
        [0xEF, 0xBB, 0xBF, ..] => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    // Delimiters, digits and line ends have a zero byte in UTF-16: nearly all at the same side.
    private static Encoding? Unmarked16(ReadOnlySpan<byte> start)
    {
        var (even, odd) = (0, 0);
        for (var i = 0; i + 1 < start.Length; i += 2)
        {
            even += start[i] == 0 ? 1 : 0;
            odd += start[i + 1] == 0 ? 1 : 0;
        }

        var pairs = start.Length / 2;
        if (pairs < 4 || start.Length % 2 != 0)
            return null;
        return odd * 10 > pairs && even == 0 ? Encoding.Unicode : even * 10 > pairs && odd == 0 ? Encoding.BigEndianUnicode : null;
    }

    // Japanese in seven bits (RFC 1468): all of it would be ASCII.
    private static Encoding? Escaped(ReadOnlySpan<byte> start) =>
        start.IndexOf("\e$B"u8) >= 0 || start.IndexOf("\e$@"u8) >= 0 ? CodePagesEncodingProvider.Instance.GetEncoding(50220) : null;

    // Two bytes of another encoding are a character of UTF-8 by chance only: seldom, and never most of them.
    private static bool IsMostlyUtf8(ReadOnlySpan<byte> sample)
    {
        var (characters, broken) = (0, 0);
        while (!sample.IsEmpty)
        {
            var isWhole = Rune.DecodeFromUtf8(sample, out _, out var used) == System.Buffers.OperationStatus.Done;
            characters += isWhole && used > 1 ? 1 : 0;
            broken += isWhole ? 0 : used;
            sample = sample[used..];
        }

        return characters >= broken;
    }

    // Up to the last line end, so that no character is cut; a line longer than the buffer is cut where it ends.
    private static int Complete(ReadOnlySpan<byte> bytes) => bytes.LastIndexOf((byte)'\n') is >= 0 and var end ? end + 1 : CompleteRunes(bytes);

    private static int CompleteRunes(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.Length;
        for (var back = 1; back <= 3 && back <= bytes.Length; back++)
        {
            if ((bytes[^back] & 0xC0) == 0xC0)
                return bytes.Length - back;
            if (bytes[^back] < 0x80)
                break;
        }

        return end;
    }

    private static int FirstBad(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length && Rune.DecodeFromUtf8(bytes[at..], out _, out var used) == System.Buffers.OperationStatus.Done)
            at += used;
        return at;
    }

    // Lines that have anything but ASCII.
    private static void Collect(ReadOnlySpan<byte> bytes, List<byte> sample)
    {
        foreach (var range in bytes.Split((byte)'\n'))
        {
            var line = bytes[range];
            if (sample.Count + line.Length > SampleBytes * 2)
                return;
            if (!line.ContainsAnyExceptInRange((byte)0, (byte)0x7F))
                continue;
            sample.AddRange(line);

            // What comes after the last line end may go on with the next bytes, in the middle of a character.
            if (range.End.Value < bytes.Length)
                sample.Add((byte)'\n');
        }
    }
}
