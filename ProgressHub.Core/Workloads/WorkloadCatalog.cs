using System.Collections.Frozen;

namespace ProgressHub.Core.Workloads;

/// <summary>The workloads of this server, by kind.</summary>
public sealed class WorkloadCatalog
{
    private readonly Dictionary<string, IWorkload> _byKind;

    /// <summary>Collects the registered workloads.</summary>
    /// <exception cref="InvalidOperationException">Two have the same kind.</exception>
    public WorkloadCatalog(IEnumerable<IWorkload> workloads)
    {
        _byKind = new Dictionary<string, IWorkload>(StringComparer.Ordinal);
        foreach (var workload in workloads)
        {
            if (!_byKind.TryAdd(workload.Descriptor.Kind, workload))
                throw new InvalidOperationException($"Two workloads have the kind '{workload.Descriptor.Kind}'.");
        }
    }

    /// <summary>The names that some workload keeps secrets under.</summary>
    internal IReadOnlySet<string> SecretNames => field ??= _byKind.Values.SelectMany(workload => workload.Descriptor.SecretInputs)
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>All workloads.</summary>
    public IReadOnlyCollection<IWorkload> All => _byKind.Values;

    /// <summary>The workload of a kind, or null.</summary>
    public IWorkload? Find(string kind) => _byKind.GetValueOrDefault(kind);

    /// <summary>The workload of a kind.</summary>
    /// <exception cref="WorkloadException"><c>unknown_kind</c>: there is none, or none is named.</exception>
    public IWorkload Get(string? kind) => (string.IsNullOrEmpty(kind) ? null : Find(kind)) ?? throw new WorkloadException(
        "unknown_kind", string.IsNullOrEmpty(kind) ? $"'kind' is missing; there is {Kinds}." : $"There is no workload '{kind}'; there is {Kinds}.")
    {
        Property = "kind",
    };

    private string Kinds => _byKind.Count > 0 ? string.Join(", ", _byKind.Keys.Order(StringComparer.Ordinal)) : "none";
}
