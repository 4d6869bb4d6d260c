using Microsoft.Net.Http.Headers;

namespace ProgressHub.AspNetCore.Http;

/// <summary>Chooses among the media types on offer by <c>Accept</c> (RFC 9110, section 12.5.1).</summary>
internal static class ContentNegotiation
{
    /// <summary>
    /// The offer the caller likes best, the earlier of two that are liked alike; the first where the caller has no
    /// preference; null where none is acceptable.
    /// </summary>
    public static string? Choose(HttpRequest request, params IReadOnlyList<string> offers)
    {
        if (string.IsNullOrWhiteSpace(request.Headers.Accept.ToString()))
            return offers[0];

        var ranges = request.GetTypedHeaders().Accept;
        string? best = null;
        var bestQuality = 0.0;
        foreach (var offer in offers)
        {
            var quality = QualityOf(MediaTypeHeaderValue.Parse(offer), ranges);
            if (quality > bestQuality)
                (best, bestQuality) = (offer, quality);
        }

        return best;
    }

    /// <summary>A content type without its parameters.</summary>
    public static string Bare(string contentType) => contentType.Split(';', 2)[0].Trim();

    // Of the ranges that match an offer the most specific one counts, whatever the others say.
    private static double QualityOf(MediaTypeHeaderValue offer, IList<MediaTypeHeaderValue> ranges)
    {
        var best = ranges.Where(range => Matches(offer, range)).MaxBy(Specificity);
        return best is null ? 0 : best.Quality ?? 1;
    }

    private static bool Matches(MediaTypeHeaderValue offer, MediaTypeHeaderValue range) =>
        range.MatchesAllTypes
        || (offer.Type.Equals(range.Type, StringComparison.OrdinalIgnoreCase)
            && (range.MatchesAllSubTypes || offer.SubType.Equals(range.SubType, StringComparison.OrdinalIgnoreCase)));

    private static int Specificity(MediaTypeHeaderValue range) =>
        range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2;
}
