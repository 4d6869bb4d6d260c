using System.Text;
using Microsoft.AspNetCore.Components.Forms;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Submit;

/// <summary>A text that came as a file.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Format">What its extension says it is: <c>plain</c>, <c>markdown</c>, <c>srt</c>, <c>vtt</c>, <c>json</c> or <c>po</c>.</param>
/// <param name="Text">What is in it.</param>
public sealed record SourceFile(string Name, string Format, string Text)
{
    /// <summary>The most bytes a text may have.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The format an extension stands for, or null where it is not one of ours.</summary>
    public static string? FormatOf(string fileName) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".txt" or ".text" => "plain",
        ".md" or ".markdown" or ".mdx" => "markdown",
        ".srt" => "srt",
        ".vtt" => "vtt",
        ".json" or ".arb" => "json",
        ".po" or ".pot" => "po",
        _ => null,
    };

    /// <summary>Reads a file that the browser offers.</summary>
    /// <exception cref="FormatException">It is not one that can be taken; the message says why and what to do.</exception>
    public static async Task<SourceFile> ReadAsync(IBrowserFile file, CancellationToken cancellationToken)
    {
        var format = FormatOf(file.Name)
            ?? throw new FormatException(UiText.Of("“{0}” is not a .txt, .md, .srt, .vtt, .json or .po file.", file.Name));
        if (file.Size > MaxBytes)
        {
            throw new FormatException(UiText.Of("“{0}” has {1:0.0} MB; at most 2 MB are taken. Split it and translate the parts.", file.Name, file.Size / 1024.0 / 1024));
        }

        using var content = new MemoryStream();
        await using (var stream = file.OpenReadStream(MaxBytes, cancellationToken))
            await stream.CopyToAsync(content, cancellationToken);
        return new SourceFile(file.Name, format, Decode(file.Name, content.GetBuffer().AsSpan(0, (int)content.Length)));
    }

    private static string Decode(string name, ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            throw new FormatException(UiText.Of("“{0}” is UTF-16. Save it as UTF-8 and drop it again.", name));
        if (bytes is [0xEF, 0xBB, 0xBF, ..])
            bytes = bytes[3..];
        if (bytes.Contains((byte)0))
            throw new FormatException(UiText.Of("“{0}” is not text: it holds zero bytes.", name));
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new FormatException(UiText.Of("“{0}” is not UTF-8. Save it as UTF-8 and drop it again.", name));
        }
    }
}
