using System.Text;
using System.Text.Json;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Problems;

namespace ProgressHub.AspNetCore.Jobs;

/// <summary>An uploaded text.</summary>
/// <param name="Name">The name of its file, without a path; null where none was sent.</param>
/// <param name="Text">What is in it.</param>
internal sealed record TextFile(string? Name, string Text)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private string? Format => Path.GetExtension(Name)?.ToUpperInvariant() switch
    {
        ".MD" or ".MARKDOWN" => "markdown",
        ".SRT" => "srt",
        ".TXT" or ".TEXT" => "plain",
        _ => null,
    };

    /// <summary>Reads a file's bytes as UTF-8, with or without a byte order mark.</summary>
    /// <exception cref="RefusedException"><c>invalid_utf8</c>: it is in another encoding, or no text at all.</exception>
    public static TextFile Read(string? name, ReadOnlySpan<byte> bytes) => new(name, Decode(bytes, "file"));

    /// <summary>Reads bytes as UTF-8, with or without a byte order mark.</summary>
    /// <exception cref="RefusedException"><c>invalid_utf8</c>.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes, string property)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        try
        {
            if (!bytes.Contains((byte)0))
                return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            // Answered below.
        }

        throw new RefusedException(
            StatusCodes.Status400BadRequest, "invalid_utf8", $"'{property}' is not text in UTF-8; save it as UTF-8 first.", property);
    }

    /// <summary>An input with this text in it, and with the format its name tells of where the input says none.</summary>
    /// <exception cref="RefusedException">The input is no object, or has a text of its own.</exception>
    public JsonElement Into(JsonElement? input)
    {
        if (input is { ValueKind: not JsonValueKind.Object })
            throw Refuse("invalid_body", "'input' is not a JSON object.", "input");
        if (input?.TryGetProperty("text", out _) == true)
            throw Refuse("invalid_body", "The form has both a file and input.text.", "input.text");

        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var property in input?.EnumerateObject() ?? default)
                property.WriteTo(writer);
            writer.WriteString("text", Text);
            if (Format is { } format && input?.TryGetProperty("format", out _) != true)
                writer.WriteString("format", format);
            writer.WriteEndObject();
        }

        return JsonText.Read(stream.GetBuffer().AsSpan(0, (int)stream.Length), HttpJson.Default.JsonElement);
    }

    private static RefusedException Refuse(string code, string detail, string property) =>
        new(StatusCodes.Status400BadRequest, code, detail, property);
}
