namespace ProgressHub.AspNetCore.Problems;

/// <summary>Marks an endpoint outside <c>/api</c> that answers programs: no page, not even for an error, and nothing a browser may run.</summary>
internal sealed class DataOnly
{
    /// <summary>The mark.</summary>
    public static DataOnly Mark { get; } = new();

    /// <summary>Whether the request goes to such an endpoint.</summary>
    public static bool Is(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<DataOnly>() is not null;
}
