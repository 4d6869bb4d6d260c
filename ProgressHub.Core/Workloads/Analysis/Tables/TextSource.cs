using System.Globalization;
using System.Text;

namespace ProgressHub.Core.Workloads.Analysis.Tables;

/// <summary>Finds out how the text of a file is encoded, by reading all of it once.</summary>
/// <param name="Encoding">The encoding.</param>
/// <param name="Warning">What a person should know about it; null where all is as it should be.</param>
internal sealed record TextSource(Encoding Encoding, string? Warning)
{
    private const int BufferBytes = 64 * 1024;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A byte order mark decides; then UTF-8, where all of it is valid; else Windows-1252, with a warning.</summary>
    /// <exception cref="WorkloadException"><c>not_a_table</c>: it is no text.</exception>
    public static TextSource Of(Stream file, CancellationToken cancellationToken)
    {
        file.Position = 0;
        var buffer = new byte[BufferBytes];
        var read = file.ReadAtLeast(buffer, 4, throwOnEndOfStream: false);
        if (Marked(buffer.AsSpan(0, read)) is { } marked)
            return new TextSource(marked, null);

        var decoder = Strict.GetDecoder();
        var characters = new char[BufferBytes + 1];
        long line = 1;
        long? bad = null;
        for (; read > 0; read = file.Read(buffer))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var bytes = buffer.AsSpan(0, read);
            if (bytes.Contains((byte)0))
                throw new WorkloadException("not_a_table", "The file is not text: it has zero bytes. Send CSV or TSV in UTF-8.");
            bad ??= FirstBad(decoder, bytes, characters, flush: false) is { } at ? line + bytes[..at].Count((byte)'\n') : null;
            line += bytes.Count((byte)'\n');
        }

        bad ??= FirstBad(decoder, [], characters, flush: true) is null ? null : line;
        return bad is null ? new TextSource(Strict, null) : new TextSource(
            CodePagesEncodingProvider.Instance.GetEncoding(1252)!,
            string.Create(CultureInfo.InvariantCulture, $"The file is not valid UTF-8 (line {bad}); it was read as Windows-1252. If letters look wrong, save it as UTF-8."));
    }

    private static Encoding? Marked(ReadOnlySpan<byte> start) => start switch
    {
        [0xEF, 0xBB, 0xBF, ..] => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    private static int? FirstBad(Decoder decoder, ReadOnlySpan<byte> bytes, Span<char> characters, bool flush)
    {
        try
        {
            decoder.GetChars(bytes, characters, flush);
            return null;
        }
        catch (DecoderFallbackException exception)
        {
            return Math.Clamp(exception.Index, 0, bytes.Length);
        }
    }
}
