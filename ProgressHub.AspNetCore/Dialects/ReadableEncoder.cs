using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;

namespace ProgressHub.AspNetCore.Dialects;

/// <summary>
/// Escapes in JSON what JSON demands, and what would break a line of a stream, and nothing else: the framework's own
/// encoders leave Chinese alone and write emoji, which are two UTF-16 units, as <c>\uD83C\uDFAF</c>.
/// </summary>
internal sealed class ReadableEncoder : JavaScriptEncoder
{
    public static readonly ReadableEncoder Instance = new();

    private static readonly JavaScriptEncoder Relaxed = UnsafeRelaxedJsonEscaping;

    private ReadableEncoder()
    {
    }

    public override int MaxOutputCharactersPerInputCharacter => Relaxed.MaxOutputCharactersPerInputCharacter;

    public override bool WillEncode(int unicodeScalar) => unicodeScalar <= char.MaxValue && Relaxed.WillEncode(unicodeScalar);

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var rest = MemoryMarshal.CreateReadOnlySpan(ref *text, textLength);
        for (var at = 0; at < textLength;)
        {
            // Half of a pair is not a character; the framework writes U+FFFD for it.
            if (Rune.DecodeFromUtf16(rest[at..], out var rune, out var length) != System.Buffers.OperationStatus.Done || WillEncode(rune.Value))
                return at;
            at += length;
        }

        return -1;
    }

    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten) =>
        Relaxed.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);
}
