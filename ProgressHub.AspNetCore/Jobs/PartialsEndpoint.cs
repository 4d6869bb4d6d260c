using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;

namespace ProgressHub.AspNetCore.Jobs;

/// <summary>The pieces of a job's result so far, in the order they came.</summary>
internal static class PartialsEndpoint
{
    private const int DefaultLimit = 100;

    public static async Task<Results<JsonPage, ProblemResult>> GetAsync(
        [AsParameters] JobCall call, string? after, int? limit)
    {
        var count = Parameters.Number(nameof(limit), limit, DefaultLimit, 1, EventPages.MaxLimit);
        var cursor = Parameters.Cursor(nameof(after), after) ?? 0;

        // One more than asked for tells whether there is a next page.
        if (await call.Jobs.ReadPartialsSinceAsync(call.Id, call.Owner, cursor, count + 1, call.Aborted) is not { } frames)
            return await call.AbsentAsync();
        var next = frames.Count > count ? frames[count - 1].Seq.ToString(CultureInfo.InvariantCulture) : null;
        return new JsonPage("events", frames.Take(count).Select(f => f.Json), next);
    }
}
