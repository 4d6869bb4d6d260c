using System.Text.Json.Nodes;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Inference;

/// <summary>The engines of a workload, of which a request may name one.</summary>
/// <param name="engines">The engines, in the order in which they are offered.</param>
/// <param name="idOf">What requests call one.</param>
/// <param name="preferred">The one of requests that name none; the first where it is null.</param>
internal sealed class EngineChoice<T>(IEnumerable<T> engines, Func<T, string> idOf, string? preferred)
    where T : class
{
    private readonly IReadOnlyList<T> _offered = [.. engines];

    /// <summary>All of them, the preferred one first.</summary>
    public IReadOnlyList<T> All => field ??= [.. _offered.OrderBy(engine => idOf(engine) != preferred)];

    /// <summary>The engine of requests that name none.</summary>
    public T Default => All[0];

    /// <summary>The engine a request names.</summary>
    /// <exception cref="WorkloadException"><c>unknown_engine</c>: there is none of that name.</exception>
    public T Get(string? id) => id is null
        ? Default
        : All.FirstOrDefault(engine => idOf(engine) == id) ?? throw EngineRefusal.Unknown("engine", All.Select(idOf));

    /// <summary>Names them in the schema of an input with an <c>engine</c>.</summary>
    public void NameIn(JsonObject schema) =>
        schema["properties"]!["engine"]!["enum"] = new JsonArray([.. _offered.Select(engine => JsonValue.Create(idOf(engine))), null]);
}
