using ProgressHub.Web.Components.Shared;
using ProgressHub.Web.Localization;
using ProgressHub.Workloads.Knowledge.Collections;

namespace ProgressHub.Web.Components.Collections;

/// <summary>What is in a collection, in words.</summary>
internal static class CollectionWords
{
    public static string Documents(long count) => UiText.Plural(count, UiText.Key("1 document"), UiText.Key("{0:N0} documents"));

    public static string Passages(long count) => UiText.Plural(count, UiText.Key("1 passage"), UiText.Key("{0:N0} passages"));

    /// <summary>When it last grew, or was made.</summary>
    public static string Age(Collection collection, DateTimeOffset now) => collection switch
    {
        { UpdatedAt: { } updated } => UiText.Of("updated {0}", Durations.Ago(now - updated)),
        { CreatedAt: { } created } => UiText.Of("made {0}", Durations.Ago(now - created)),
        _ => UiText.Of("comes with the server"),
    };
}
