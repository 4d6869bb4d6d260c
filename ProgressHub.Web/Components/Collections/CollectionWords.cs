using ProgressHub.Web.Components.Shared;
using ProgressHub.Web.Localization;
using ProgressHub.Workloads.Knowledge.Collections;

namespace ProgressHub.Web.Components.Collections;

/// <summary>What is in a collection, in words.</summary>
internal static class CollectionWords
{
    public static string Documents(long count) => count == 1 ? UiText.Of("1 document") : UiText.Of("{0:N0} documents", count);

    public static string Passages(long count) => count == 1 ? UiText.Of("1 passage") : UiText.Of("{0:N0} passages", count);

    /// <summary>When it last grew, or was made.</summary>
    public static string Age(Collection collection, DateTimeOffset now) => collection switch
    {
        { UpdatedAt: { } updated } => UiText.Of("updated {0}", Durations.Ago(now - updated)),
        { CreatedAt: { } created } => UiText.Of("made {0}", Durations.Ago(now - created)),
        _ => UiText.Of("comes with the server"),
    };
}
