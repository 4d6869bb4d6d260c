using ProgressHub.AspNetCore.Problems;

namespace ProgressHub.AspNetCore.Http;

/// <summary>The <c>Idempotency-Key</c> of a request: 1 to 255 visible ASCII characters, once.</summary>
internal static class IdempotencyKeyHeader
{
    public const string Name = "Idempotency-Key";
    private const int MaxLength = 255;

    /// <summary>The key; null where none was sent.</summary>
    /// <exception cref="RefusedException"><c>invalid_idempotency_key</c>.</exception>
    public static string? Read(IHeaderDictionary headers)
    {
        if (!headers.TryGetValue(Name, out var values))
            return null;
        if (values is [{ Length: >= 1 and <= MaxLength } key] && !key.AsSpan().ContainsAnyExceptInRange('!', '~'))
            return key;
        throw new RefusedException(
            StatusCodes.Status400BadRequest, "invalid_idempotency_key",
            $"An {Name} has 1 to {MaxLength} visible ASCII characters, and a request has one.", Name);
    }
}
