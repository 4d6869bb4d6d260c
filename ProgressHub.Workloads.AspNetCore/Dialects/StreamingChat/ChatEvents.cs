using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Problems;

namespace ProgressHub.Workloads.AspNetCore.Dialects.StreamingChat;

/// <summary>Which messages a stream carries.</summary>
internal enum ChatEvents
{
    /// <summary>Both <c>enhanced_*</c> and <c>streaming_progress</c>.</summary>
    All,

    /// <summary><c>enhanced_*</c> alone.</summary>
    Enhanced,

    /// <summary><c>streaming_progress</c>, and the end and the silence as <c>enhanced_*</c>.</summary>
    Streaming,

    /// <summary><c>status</c>, <c>progress</c>, <c>complete</c> and <c>error</c>, as before there were others.</summary>
    Basic,
}

/// <summary>Reads which.</summary>
internal static class ChatEventsParameter
{
    /// <summary>What <c>?events=</c> asks for; null where it asks for nothing.</summary>
    /// <exception cref="RefusedException"><c>invalid_parameter</c>.</exception>
    public static ChatEvents? Parse(string? text) => text?.ToLowerInvariant() switch
    {
        null or "" => null,
        "all" => ChatEvents.All,
        "enhanced" => ChatEvents.Enhanced,
        "streaming" => ChatEvents.Streaming,
        "basic" => ChatEvents.Basic,
        _ => throw Parameters.Refuse("invalid_parameter", "'events' is one of enhanced, streaming, basic and all.", "events"),
    };
}
