using System.Globalization;

namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>What makes a deck numbered: its documents can be asked for by their number.</summary>
internal static class Numbered
{
    public const string Attribute = "number";

    /// <summary>The attributes of a document; an id that is a number is also its number, where it is given no other.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Attributes(
        string? id, IEnumerable<KeyValuePair<string, string>> attributes)
    {
        var all = attributes.ToList();
        if (int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && !all.Exists(a => a.Key.Equals(Attribute, StringComparison.OrdinalIgnoreCase)))
            all.Add(KeyValuePair.Create(Attribute, number.ToString(CultureInfo.InvariantCulture)));
        return all;
    }
}
