using System.Collections.Frozen;

namespace ProgressHub.AspNetCore.Security;

/// <summary>Origins whose pages may use an endpoint besides those that may use every one.</summary>
internal sealed class OpenTo(IEnumerable<string> origins)
{
    private readonly FrozenSet<string> _origins = origins.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether pages of that origin may.</summary>
    public bool Allows(string origin) => _origins.Contains(origin);
}
