using System.Globalization;
using ProgressHub.Workloads.Inference;
using ProgressHub.Workloads.Knowledge.Documents;

namespace ProgressHub.Workloads.Knowledge.Indexing;

/// <summary>
/// Finds passages by what is known of their documents. A question that names an attribute and its value ("chapter 3"), or
/// the number of a numbered document in any of the ways people do, means exactly those. Safe to use from any thread.
/// </summary>
internal sealed class AttributeIndex
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<string, HashSet<long>>> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<long, IReadOnlyDictionary<string, string>> _passages = [];

    public void Add(long id, IReadOnlyDictionary<string, string> attributes)
    {
        if (attributes.Count == 0)
            return;
        lock (_gate)
        {
            _passages[id] = attributes;
            foreach (var (key, value) in attributes)
            {
                if (!_values.TryGetValue(key, out var values))
                    _values[key] = values = new Dictionary<string, HashSet<long>>(StringComparer.Ordinal);
                if (!values.TryGetValue(CjkText.Fold(value), out var ids))
                    values[CjkText.Fold(value)] = ids = [];
                ids.Add(id);
            }
        }
    }

    public void Remove(long id)
    {
        lock (_gate)
        {
            if (!_passages.Remove(id, out var attributes))
                return;
            foreach (var (key, value) in attributes)
            {
                var ids = _values[key][CjkText.Fold(value)];
                if (ids.Remove(id) && ids.Count == 0)
                    _values[key].Remove(CjkText.Fold(value));
            }
        }
    }

    /// <summary>The passages whose documents have all of these attributes.</summary>
    public IReadOnlySet<long> With(IReadOnlyDictionary<string, string> attributes)
    {
        HashSet<long>? all = null;
        lock (_gate)
        {
            foreach (var (key, value) in attributes)
            {
                var ids = Ids(key.ToLowerInvariant(), CjkText.Fold(value));
                if (all is null)
                    all = [.. ids];
                else
                    all.IntersectWith(ids);
            }
        }

        return all ?? [];
    }

    /// <summary>The passages that a question names, and by what, such as <c>number 40</c>.</summary>
    public (IReadOnlySet<long> Ids, IReadOnlyList<string> Names) NamedIn(string question)
    {
        var folded = CjkText.Fold(question);
        HashSet<long> all = [];
        List<string> names = [];
        lock (_gate)
        {
            foreach (var number in NumberReferences.In(folded))
                Name(Numbered.Attribute, number.ToString(CultureInfo.InvariantCulture));
            var said = ChineseVariants.Fold(folded);
            foreach (var (key, values) in _values.Where(v => v.Key != Numbered.Attribute))
            {
                var name = ChineseVariants.Fold(key);
                if (!said.Contains(name, StringComparison.Ordinal))
                    continue;
                foreach (var value in values.Keys.Where(value => IsSaid(said, name, ChineseVariants.Fold(value))).ToArray())
                    Name(key, value);
            }
        }

        return (all, names);

        void Name(string key, string value)
        {
            if (Ids(key, value) is not { Count: > 0 } ids)
                return;
            all.UnionWith(ids);
            names.Add($"{key} {value}");
        }
    }

    private HashSet<long> Ids(string key, string value) =>
        _values.TryGetValue(key, out var values) && values.TryGetValue(value, out var ids) ? ids : [];

    // As words of their own: "level 3" does not mean level 30.
    private static bool IsSaid(string folded, string key, string value)
    {
        foreach (var separator in (ReadOnlySpan<string>)[" ", ": ", ":", "="])
        {
            var at = folded.IndexOf(key + separator + value, StringComparison.Ordinal);
            if (at >= 0 && !IsInWord(folded, at - 1) && !IsInWord(folded, at + key.Length + separator.Length + value.Length))
                return true;
        }

        return false;
    }

    private static bool IsInWord(string text, int index) => index >= 0 && index < text.Length && char.IsAsciiLetterOrDigit(text[index]);
}
