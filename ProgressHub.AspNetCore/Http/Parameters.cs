using System.Globalization;
using System.Numerics;
using ProgressHub.AspNetCore.Problems;

namespace ProgressHub.AspNetCore.Http;

/// <summary>Checks the values of query parameters; each refusal names its parameter.</summary>
internal static class Parameters
{
    /// <summary>How long a request may wait for news.</summary>
    public const int MaxWaitSeconds = 60;

    private const int MaxText = 200;

    /// <summary>A number within bounds, or its default.</summary>
    /// <exception cref="RefusedException"><c>invalid_parameter</c>.</exception>
    public static T Number<T>(string name, T? value, T fallback, T min, T max)
        where T : struct, INumber<T>
    {
        var number = value ?? fallback;
        return number >= min && number <= max
            ? number
            : throw Refuse("invalid_parameter", $"'{name}' is a number from {min} to {max}.", name);
    }

    /// <summary>How long to wait.</summary>
    /// <exception cref="RefusedException"><c>invalid_parameter</c>.</exception>
    public static TimeSpan Wait(int? seconds) =>
        TimeSpan.FromSeconds(Number("wait", seconds, 0, 0, MaxWaitSeconds));

    /// <summary>A cursor as every address takes it: digits, and nothing else; null where it is none.</summary>
    public static long? ParseCursor(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>A cursor; null where none was sent.</summary>
    /// <exception cref="RefusedException"><c>invalid_cursor</c>: what was sent is none.</exception>
    public static long? Cursor(string name, string? text) => text switch
    {
        null or "" => null,
        _ when ParseCursor(text) is { } value => value,
        _ => throw Refuse("invalid_cursor", $"'{name}' is not a cursor that this server gave.", name),
    };

    /// <summary>A bounded text; null where it is missing or empty.</summary>
    /// <exception cref="RefusedException"><c>invalid_parameter</c>.</exception>
    public static string? Text(string name, string? text) => text switch
    {
        null or "" => null,
        { Length: > MaxText } => throw Refuse("invalid_parameter", $"'{name}' has at most {MaxText} characters.", name),
        _ => text,
    };

    /// <summary>A refusal of a parameter.</summary>
    public static RefusedException Refuse(string code, string detail, string name) =>
        new(StatusCodes.Status400BadRequest, code, detail, name);
}
