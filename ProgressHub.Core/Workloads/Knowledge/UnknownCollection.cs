namespace ProgressHub.Core.Workloads.Knowledge;

/// <summary>What whoever names a collection is told that is not theirs to ask.</summary>
internal static class UnknownCollection
{
    public static WorkloadException Refusal() =>
        new("collection_not_found", "There is no such collection.") { Property = "collection" };
}
