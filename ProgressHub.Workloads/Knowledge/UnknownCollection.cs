using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Knowledge;

/// <summary>What whoever names a collection is told that is not theirs to ask.</summary>
internal static class UnknownCollection
{
    public static WorkloadException Refusal() =>
        new("collection_not_found", "There is no such collection.") { Property = "collection" };

    /// <summary>What a job is told whose collection was deleted while it ran.</summary>
    public static WorkloadException Gone() => new("collection_not_found", "There is no such collection.");

    /// <summary>What a job is told whose vectors are of another kind than the collection's by now.</summary>
    public static WorkloadException Rebuilt() => new(
        "collection_rebuilt", "The collection was made anew while documents were taken in; they are taken in again.") { IsTransient = true };
}
