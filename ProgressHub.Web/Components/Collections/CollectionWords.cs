using System.Globalization;
using ProgressHub.Web.Components.Shared;
using ProgressHub.Workloads.Knowledge.Collections;

namespace ProgressHub.Web.Components.Collections;

/// <summary>What is in a collection, in words.</summary>
internal static class CollectionWords
{
    public static string Documents(long count) => Count(count, "document", "documents");

    public static string Passages(long count) => Count(count, "passage", "passages");

    /// <summary>When it last grew, or was made.</summary>
    public static string Age(Collection collection, DateTimeOffset now) => collection switch
    {
        { UpdatedAt: { } updated } => $"updated {Durations.Ago(now - updated)}",
        { CreatedAt: { } created } => $"made {Durations.Ago(now - created)}",
        _ => "comes with the server",
    };

    private static string Count(long count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");
}
