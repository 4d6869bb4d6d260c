using System.Globalization;
using System.Text;

namespace ProgressHub.Core.Workloads.Knowledge.Documents;

/// <summary>
/// Bytes as text: UTF-8, or what a byte order mark says (UTF-8, UTF-16). Other encodings are not guessed: a wrong guess
/// would be indexed as nonsense.
/// </summary>
internal static class TextDecoding
{
    /// <summary>The text, with line ends as <c>\n</c>.</summary>
    /// <exception cref="WorkloadException"><c>invalid_encoding</c>, with the place; <c>not_text</c>.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var (encoding, skip) = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (Strict(Encoding.UTF8), 3),
            [0xFF, 0xFE, ..] => (Strict(Encoding.Unicode), 2),
            [0xFE, 0xFF, ..] => (Strict(Encoding.BigEndianUnicode), 2),
            _ => (Strict(Encoding.UTF8), 0),
        };
        try
        {
            var text = encoding.GetString(bytes[skip..]);
            return text.Contains('\0', StringComparison.Ordinal)
                ? throw new WorkloadException("not_text", "This is no text: it has zero bytes in it.")
                : text.ReplaceLineEndings("\n");
        }
        catch (DecoderFallbackException exception)
        {
            throw new WorkloadException(
                "invalid_encoding",
                string.Create(CultureInfo.InvariantCulture, $"Byte {skip + Math.Max(exception.Index, 0):N0} is not valid {encoding.WebName.ToUpperInvariant()}. Save it as UTF-8."),
                exception);
        }
    }

    private static Encoding Strict(Encoding encoding) =>
        Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
}
