using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Architecture;

/// <summary>
/// Which folders of a project use which, level by level: at each, a folder stands for all that is below it, and what lies
/// beside the folders themselves, a contract they share or the code that puts them together, is nobody's.
/// </summary>
internal sealed class FolderGraph
{
    private readonly Dictionary<string, Dictionary<string, string>> _edges = new(StringComparer.Ordinal);

    private FolderGraph()
    {
    }

    /// <summary>Reads the graph from compiled types.</summary>
    public static FolderGraph Of(string project, IReadOnlyCollection<Type> types)
    {
        var graph = new FolderGraph();
        foreach (var (user, used) in CodeUse.OfTypes(types.Where(t => IsIn(project, t))))
        {
            if (IsIn(project, used) && Siblings(user.Namespace!, used.Namespace!) is var (from, to))
                graph.Edges(from).TryAdd(to, $"{Outermost(user).Name} uses {Outermost(used).Name}");
        }

        return graph;
    }

    /// <summary>Each circle of folders, as the uses that close it.</summary>
    public IReadOnlyList<string> Cycles() =>
    [
        .. Components().Where(c => c.Count > 1).Select(c => string.Join(
            "; ", from a in c from b in Edges(a) where c.Contains(b.Key) orderby a, b.Key select $"{a} -> {b.Key}: {b.Value}")),
    ];

    // Folders that reach each other; there are few enough to walk from each.
    private IEnumerable<HashSet<string>> Components()
    {
        var reach = _edges.Keys.ToDictionary(k => k, Reachable, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var folder in _edges.Keys.Order(StringComparer.Ordinal))
        {
            if (!seen.Add(folder))
                continue;
            var component = reach[folder].Where(other => reach.TryGetValue(other, out var back) && back.Contains(folder))
                .Append(folder).ToHashSet(StringComparer.Ordinal);
            seen.UnionWith(component);
            yield return component;
        }
    }

    private HashSet<string> Reachable(string folder)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([folder]);
        while (open.TryPop(out var next))
        {
            foreach (var to in _edges.GetValueOrDefault(next)?.Keys ?? Enumerable.Empty<string>())
            {
                if (found.Add(to))
                    open.Push(to);
            }
        }

        return found;
    }

    private Dictionary<string, string> Edges(string folder)
    {
        if (!_edges.TryGetValue(folder, out var edges))
            _edges[folder] = edges = new Dictionary<string, string>(StringComparer.Ordinal);
        return edges;
    }

    /// <summary>The two folders below the deepest one that both are in; null where one of them lies in that one itself.</summary>
    private static (string From, string To)? Siblings(string user, string used)
    {
        var (a, b) = (user.Split('.'), used.Split('.'));
        var shared = a.Zip(b).TakeWhile(pair => pair.First == pair.Second).Count();
        return shared == a.Length || shared == b.Length
            ? null
            : (string.Join('.', a[..(shared + 1)]), string.Join('.', b[..(shared + 1)]));
    }

    private static bool IsIn(string project, Type type) =>
        DependencyRule.Covers(project, type.Namespace) && type.Assembly.GetName().Name is { } assembly
        && (assembly == project || project.StartsWith(assembly + ".", StringComparison.Ordinal) && !House.Projects.Contains(project));

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
