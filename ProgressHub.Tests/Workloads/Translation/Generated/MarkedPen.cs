using System.Text;
using System.Text.RegularExpressions;

namespace ProgressHub.Tests.Workloads.Translation.Generated;

/// <summary>
/// Writes a file of which it is known what in it are words, and beside it the same file with its words marked: what a
/// translation by an engine that marks words must be.
/// </summary>
internal sealed partial class MarkedPen(int seed)
{
    private static readonly string[] Vocabulary =
        ["harbour", "lantern", "keeper", "seven", "boats", "leave", "before", "dawn", "and", "return", "with", "the", "tide", "an", "old", "gull", "watches", "över", "straße", "日本"];

    // What stands for something else in a program's texts: not words, whatever letters they have.
    private static readonly string[] Placeholders =
    [
        "%s", "%d", "%1$s", "%2$d", "%(name)s", "{{name}}", "{{count, number}}", "{{{raw}}}", "{name}", "{0}", "{1:N2}", ":attribute", ":count",
        "%name%", "%user.age%", "%{count}", "#{name}", "${version}", "$t(common.hello)", "{% if user %}", "<%= name %>", "https://example.org/path?q=a&b=c",
        "ann@example.org", "`code here`", "%@", "$HOME", "@mention",
    ];

    private readonly StringBuilder _source = new();
    private readonly StringBuilder _expected = new();

    public Random Random { get; } = new(seed);

    /// <summary>How lines end in this file.</summary>
    public string NewLine { get; } = seed % 3 == 0 ? "\r\n" : "\n";

    public string Source => _source.ToString();

    /// <summary>The file with every word marked.</summary>
    public string Expected => _expected.ToString();

    /// <summary>What the engine of the test makes of words.</summary>
    public static string Mark(string words) => Word().Replace(words, static word => word.Value.ToUpperInvariant() + "X");

    public bool Chance(double share) => Random.NextDouble() < share;

    public T Pick<T>(params T[] choices) => choices[Random.Next(choices.Length)];

    /// <summary>What must come back byte for byte; a line feed in it ends a line of the file.</summary>
    public MarkedPen Fixed(string text)
    {
        text = text.Replace("\n", NewLine, StringComparison.Ordinal);
        _source.Append(text);
        _expected.Append(text);
        return this;
    }

    /// <summary>What a translation puts something else in the place of.</summary>
    public MarkedPen Becomes(string source, string expected)
    {
        _source.Append(source);
        _expected.Append(expected);
        return this;
    }

    /// <summary>What is translated.</summary>
    public MarkedPen Words(string words)
    {
        _source.Append(words);
        _expected.Append(Mark(words));
        return this;
    }

    /// <summary>Some words.</summary>
    public MarkedPen Words(int most = 5) => Words(Phrase(most));

    public string Phrase(int most = 5) => string.Join(' ', Enumerable.Range(0, Random.Next(1, most + 1)).Select(_ => Pick(Vocabulary)));

    /// <summary>A sentence with placeholders and messages of ICU among its words.</summary>
    /// <param name="without">Placeholders that mean something else in this format.</param>
    public MarkedPen Sentence(params string[] without)
    {
        Words();
        for (var more = Random.Next(4); more > 0; more--)
        {
            Fixed(Pick(" ", " ", ", "));
            if (Chance(0.12))
                Message();
            else if (Chance(0.4))
                Fixed(Pick(Placeholders.Except(without).ToArray()));
            else
                Words();
        }

        return Fixed(Pick(".", "!", "?", "", "…"));
    }

    /// <summary>A message that chooses among texts.</summary>
    public MarkedPen Message(int depth = 0)
    {
        var plural = Chance(0.6);
        Fixed(plural ? Pick("{count, plural,", "{n, plural, offset:1", "{day, selectordinal,") : "{gender, select,");
        foreach (var arm in plural ? new[] { "=0", "one", "other" } : ["male", "female", "other"])
        {
            Fixed($" {arm} {{");
            if (plural && Chance(0.5))
                Fixed("# ");
            Words(3);
            if (depth == 0 && Chance(0.2))
                Fixed(" ").Message(depth + 1);
            Fixed("}");
        }

        return Fixed("}");
    }

    [GeneratedRegex("[a-z]+")]
    private static partial Regex Word();
}
