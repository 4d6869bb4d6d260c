using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using ProgressHub.AspNetCore.Problems;

namespace ProgressHub.AspNetCore.Http;

/// <summary>
/// Reads JSON that somebody sent. It is checked whole before anything of it is used, so that a broken string deep in an
/// input is refused here instead of failing in a workload.
/// </summary>
internal static class JsonText
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads a value.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="type">What it should be.</param>
    /// <exception cref="RefusedException">
    /// <c>invalid_utf8</c>, <c>malformed_json</c> (with line and column) or <c>invalid_body</c> (with the property).
    /// </exception>
    public static T Read<T>(ReadOnlySpan<byte> utf8, JsonTypeInfo<T> type)
    {
        if (utf8.StartsWith(ByteOrderMark))
            utf8 = utf8[ByteOrderMark.Length..];
        if (!Utf8.IsValid(utf8))
            throw Refuse("invalid_utf8", "The JSON is not valid UTF-8.");
        CheckSyntax(utf8);
        try
        {
            return JsonSerializer.Deserialize(utf8, type) ?? throw Refuse("invalid_body", "The JSON is null.");
        }
        catch (JsonException failure)
        {
            var property = failure.Path is { Length: > 2 } path ? path[2..] : null;
            if (MissingProperty.Find(utf8, type, property) is { } missing)
                throw Refuse("invalid_body", $"'{missing}' is missing.", missing);
            throw Refuse(
                "invalid_body",
                property is null
                    ? "The JSON does not have the shape this address takes, or lacks something it needs."
                    : $"'{property}' is not what this address takes there.",
                property);
        }
    }

    private static void CheckSyntax(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        try
        {
            while (reader.Read())
            {
                if (reader.ValueIsEscaped)
                    CheckEscapes(ref reader);
            }
        }
        catch (JsonException failure)
        {
            var (line, column) = ((failure.LineNumber ?? 0) + 1, (failure.BytePositionInLine ?? 0) + 1);
            throw new RefusedException(
                Problem.Of(StatusCodes.Status400BadRequest, "malformed_json", $"The JSON breaks off or breaks its rules at line {line}, byte {column}.") with
                {
                    Line = line, Column = column,
                });
        }
    }

    // An escaped half of a surrogate pair is fine JSON and no text.
    private static void CheckEscapes(ref Utf8JsonReader reader)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            reader.CopyString(buffer);
        }
        catch (InvalidOperationException)
        {
            throw Refuse("malformed_json", "A string has half of a surrogate pair (\\uD800 to \\uDFFF alone).");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static RefusedException Refuse(string code, string detail, string? property = null) =>
        new(StatusCodes.Status400BadRequest, code, detail, property);
}
