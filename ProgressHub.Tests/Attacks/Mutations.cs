using System.Text;
using CsCheck;

namespace ProgressHub.Tests.Attacks;

/// <summary>Inputs as somebody makes them who looks for a way in: valid ones with bytes turned, cut, doubled and put in.</summary>
internal static class Mutations
{
    private const int MostSteps = 8;

    // What parsers stumble over: ends of lines and texts, widths of numbers, halves of characters, depth.
    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "\0", "\r", "\n", "\r\n\r\n", "\"", "\\", "\\u0000", "\\ud800", "{", "}", "[", "]", ",", ":", "--", "=", ";", "%", "%00", "-1", "0", "9223372036854775807",
            "9223372036854775808", "18446744073709551616", "1e308", "1e999", "NaN", "null", "true", "\ufeff", "\ufffe", "\u202e", "\u2028", "漢", "🙂", "../", "<script>",
            "' OR 1=1 --", "00:00:00,000 --> 99:99:99,999", "data: x", "id: 1",
        }.Select(Encoding.UTF8.GetBytes),
        [0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xff, 0xff, 0xff, 0xff], [0x00, 0x00, 0x00, 0x80], [0x1e],
        Encoding.ASCII.GetBytes(new string('[', 300)), Encoding.ASCII.GetBytes(new string('a', 5000)),
    ];

    private static readonly Gen<(int Kind, double At, double Length, int Piece)> Step =
        Gen.Select(Gen.Int[0, 5], Gen.Double[0, 1], Gen.Double[0, 1], Gen.Int[0, Pieces.Length - 1]);

    /// <summary>One of the examples, changed in up to eight places.</summary>
    public static Gen<byte[]> Of(params string[] examples) => Of([.. examples.Select(Encoding.UTF8.GetBytes)]);

    /// <inheritdoc cref="Of(string[])"/>
    public static Gen<byte[]> Of(params byte[][] examples) => Gen.Select(
        Gen.Int[0, examples.Length - 1], Step.Array[0, MostSteps],
        (index, steps) => steps.Aggregate(examples[index], Apply));

    private static byte[] Apply(byte[] bytes, (int Kind, double At, double Length, int Piece) step)
    {
        var at = (int)(step.At * bytes.Length);
        var length = (int)(step.Length * Math.Min(64, bytes.Length - at));
        return step.Kind switch
        {
            0 => [.. bytes[..at], .. Pieces[step.Piece], .. bytes[at..]],
            1 => [.. bytes[..at], .. Pieces[step.Piece], .. bytes[(at + length)..]],
            2 => [.. bytes[..at], .. bytes[(at + length)..]],
            3 => bytes[..at],
            4 => [.. bytes[..(at + length)], .. bytes[at..]],
            _ when at < bytes.Length => [.. bytes[..at], (byte)(bytes[at] ^ (1 << (step.Piece % 8))), .. bytes[(at + 1)..]],
            _ => bytes,
        };
    }
}
