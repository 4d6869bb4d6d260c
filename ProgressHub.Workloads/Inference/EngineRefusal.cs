using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Inference;

/// <summary>Why an engine that a request asks for can't be had.</summary>
internal static class EngineRefusal
{
    /// <summary>There is none of that name.</summary>
    public static WorkloadException Unknown(string property, IEnumerable<string> ids) =>
        new("unknown_engine", $"'{property}' is one of {string.Join(", ", ids)}.") { Property = property };

    /// <summary>It is not ready.</summary>
    /// <param name="property">The property that names it.</param>
    /// <param name="id">The engine.</param>
    /// <param name="missing">What would make it ready.</param>
    public static WorkloadException Unavailable(string property, string id, string missing) =>
        new("engine_unavailable", $"The engine '{id}' is not ready. {missing}") { Property = property };
}
