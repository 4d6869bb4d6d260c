using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Architecture;

/// <summary>
/// Of what the types of a namespace may use nothing. A namespace stands for itself and those below it, or with <c>=</c>
/// before it for itself alone.
/// </summary>
internal sealed class DependencyRule
{
    private readonly string _from;
    private readonly Func<string, bool> _forbids;

    private DependencyRule(string from, Func<string, bool> forbids) => (_from, _forbids) = (from, forbids);

    public static DependencyRule Not(string from, params string[] forbidden) =>
        new(from, used => forbidden.Any(n => Covers(n, used)));

    /// <summary>Of a product nothing but the namespace itself and what is listed.</summary>
    public static DependencyRule Only(string from, string product, params string[] allowed) =>
        new(from, used => Covers(product, used) && !Covers(from, used) && !allowed.Any(n => Covers(n, used)));

    /// <summary>Every breach, as a line a person can act on.</summary>
    public IReadOnlyList<string> Breaches(IEnumerable<Type> types) =>
    [
        .. CodeUse.OfTypes(types.Where(t => Covers(_from, t.Namespace)))
            .Where(use => _forbids(use.Used.Namespace ?? ""))
            .Select(use => $"{use.User} uses {use.Used}").Order(StringComparer.Ordinal),
    ];

    public static bool Covers(string pattern, string? name) => pattern.StartsWith('=')
        ? name == pattern[1..]
        : name == pattern || (name?.StartsWith(pattern + ".", StringComparison.Ordinal) ?? false);
}
