using ProgressHub.Tests.Accounts;
using ProgressHub.Tests.Clients;
using ProgressHub.Tests.EndToEnd;
using ProgressHub.Tests.EndToEnd.Journeys;
using ProgressHub.Tests.Workloads.Translation;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("ProgressHub.Tests.Support.LongestFirst", "ProgressHub.Tests")]

namespace ProgressHub.Tests.Support;

/// <summary>
/// Begins the collections whose tests take turns for minutes, so that none of them is left over when all others have ended.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long =
    [
        JourneyCollection.Name, TokenCollection.Name, PostgresTests.Name, nameof(SharedTabTests), nameof(NodeTests), nameof(HostileTextTests),
        nameof(CrashTests), nameof(StandInTests), nameof(KillStormTests),

        // Three servers and a database; not beside the browser of the journeys, as far as that goes.
        NodesTests.Name,
    ];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => Place(collection.DisplayName));

    // Of a class without a collection of its own the name stands at the end.
    private static int Place(string name)
    {
        var place = Array.FindIndex(Long, l => name == l || name.EndsWith($".{l}", StringComparison.Ordinal));
        return place < 0 ? Long.Length : place;
    }
}
