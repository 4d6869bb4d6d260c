using Microsoft.Net.Http.Headers;

namespace ProgressHub.AspNetCore.Http;

/// <summary>Whether a client has already what it asks for.</summary>
internal static class EntityTags
{
    /// <summary>Compares weakly (RFC 9110, section 13.1.2), so that a strong tag matches its weak one too.</summary>
    /// <param name="request">The request, with its <c>If-None-Match</c>.</param>
    /// <param name="tag">The tag of the answer, quoted.</param>
    public static bool IsKnown(HttpRequest request, string tag)
    {
        var current = EntityTagHeaderValue.Parse(tag);
        return request.GetTypedHeaders().IfNoneMatch
            .Any(known => known.Compare(current, useStrongComparison: false) || known == EntityTagHeaderValue.Any);
    }
}
