namespace ProgressHub.AspNetCore.Dialects;

/// <summary>The wish to be answered before the work is done: <c>Prefer: respond-async</c> (RFC 7240, section 4.1).</summary>
internal static class AsyncPreference
{
    private const string RespondAsync = "respond-async";

    /// <summary>Whether a request has it.</summary>
    public static bool PrefersAsync(this HttpRequest request) => request.Headers["Prefer"]
        .SelectMany(p => p!.Split([',', ';'], StringSplitOptions.TrimEntries)).Contains(RespondAsync, StringComparer.OrdinalIgnoreCase);

    /// <summary>Says that it was heard.</summary>
    public static void ApplyAsyncPreference(this HttpResponse response) => response.Headers["Preference-Applied"] = RespondAsync;
}
