using System.Net;
using System.Text;
using System.Text.Json;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Inference;

/// <summary>What an engine's refusals and failures mean to a user. No message carries a key.</summary>
internal static class EngineFaults
{
    private const int MaxErrorBytes = 16 * 1024;
    private const int MaxDetail = 300;

    /// <summary>No connection came about.</summary>
    public static WorkloadException Unreachable(Uri? address, Exception exception) => new(
        "engine_unavailable", $"The engine at {Name(address)} can't be reached. Is it running?", exception)
    {
        IsTransient = true,
    };

    /// <summary>An answer that began did not end.</summary>
    public static WorkloadException Cut(Exception? exception) => new(
        "engine_unavailable", "The engine's answer broke off before its end.", exception) { IsTransient = true };

    /// <summary>An answer fell silent.</summary>
    public static WorkloadException Stalled(TimeSpan silence) => new(
        "engine_unavailable",
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The engine said nothing for {silence.TotalSeconds:0.#} s."))
    {
        IsTransient = true,
    };

    /// <summary>The other side answered, and not with success.</summary>
    public static async Task<WorkloadException> RefusedAsync(
        HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var host = Name(request.RequestUri);
        var status = (int)response.StatusCode;
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            // Its message is left out: it likes to quote the key.
            return new WorkloadException(
                "engine_rejected_key", $"The engine at {host} does not accept the API key ({status}).");
        }

        var (code, detail) = await ReadErrorAsync(request, response, cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests when code == "insufficient_quota" => new WorkloadException(
                "engine_quota_exhausted", $"The account at {host} has no credit left."),
            HttpStatusCode.TooManyRequests => new WorkloadException(
                "engine_busy", $"The engine at {host} asks for a pause (429).")
            {
                IsTransient = true,
                RetryAfter = RetryAfter(response),
            },
            HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict or >= HttpStatusCode.InternalServerError => new WorkloadException(
                "engine_unavailable", $"The engine at {host} failed ({status}).")
            {
                IsTransient = true,
                RetryAfter = RetryAfter(response),
            },
            _ => new WorkloadException(
                "engine_rejected_request", $"The engine at {host} refused the request ({status}){detail}"),
        };
    }

    /// <summary>
    /// What a failed call means: a fault found anywhere in the chain of causes as it is, a broken transport as transient.
    /// </summary>
    public static WorkloadException From(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case WorkloadException fault:
                    return fault;
                case IOException or HttpRequestException or JsonException or OperationCanceledException:
                    return Cut(exception);
                case Anthropic.Exceptions.AnthropicSseException:
                    return new WorkloadException(
                        "engine_unavailable", "The engine reported an error in the middle of its answer.", exception)
                    {
                        IsTransient = true,
                    };
            }
        }

        return new WorkloadException("engine_failed", "The engine could not be used; the server's log says why.", exception);
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        // The other side's own clock, where it sends one, says how far away its moment is.
        { Date: { } date } when response.Headers.Date is { } now => date > now ? date - now : TimeSpan.Zero,
        _ => null,
    };

    private static async Task<(string? Code, string Detail)> ReadErrorAsync(
        HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var buffer = new byte[MaxErrorBytes];
            var read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            using var json = JsonDocument.Parse(buffer.AsMemory(0, read));
            if (!json.RootElement.TryGetProperty("error", out var error))
                return (null, ".");
            if (error.ValueKind == JsonValueKind.String)
                return (null, Detail(request, error.GetString()));
            var code = error.TryGetProperty("code", out var c) && c.ValueKind == JsonValueKind.String ? c.GetString() : null;
            var message = error.TryGetProperty("message", out var m) && m.ValueKind == JsonValueKind.String ? m.GetString() : null;
            return (code, Detail(request, message));
        }
        catch (Exception exception) when (exception is JsonException or IOException or HttpRequestException or InvalidOperationException)
        {
            return (null, ".");
        }
    }

    private static string Detail(HttpRequestMessage request, string? message)
    {
        if (string.IsNullOrWhiteSpace(message))
            return ".";
        foreach (var key in Keys(request))
            message = message.Replace(key, "[key]", StringComparison.Ordinal);
        var line = new StringBuilder(": ");
        foreach (var rune in message.Trim().EnumerateRunes())
        {
            if (line.Length >= MaxDetail)
                return line.Append('…').ToString();
            line.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }

        return line.ToString();
    }

    private static IEnumerable<string> Keys(HttpRequestMessage request)
    {
        if (request.Headers.Authorization?.Parameter is { Length: > 0 } bearer)
            yield return bearer;
        if (request.Headers.TryGetValues("x-api-key", out var values))
        {
            foreach (var value in values.Where(v => v.Length > 0))
                yield return value;
        }
    }

    private static string Name(Uri? address) => address is null ? "an unknown address"
        : address.IsDefaultPort ? address.Host : $"{address.Host}:{address.Port}";
}
