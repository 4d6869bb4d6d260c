using System.Text;
using System.Text.RegularExpressions;

namespace ProgressHub.Workloads.Analysis.Planning.Language;

/// <summary>
/// Puts questions in Chinese, in both scripts, into the English that the grammar reads: the table's own names and values stay,
/// then forms are put into the order of English, then words are translated. What is in none of them stays, and is told.
/// </summary>
internal static partial class Chinese
{
    // Private characters that stand for the table's own words while the rest is put in order.
    private const char FirstColumn = '\uE000';
    private const char FirstValue = '\uE800';
    private const int Most = 0x7F0;

    /// <summary>A question with its Chinese words in English, but for the table's own.</summary>
    /// <param name="text">The question.</param>
    /// <param name="own">What the table calls things.</param>
    public static string ToEnglish(string text, OwnWords own)
    {
        if (!text.Any(c => c >= '\u3400'))
            return text;
        text = text.Normalize(NormalizationForm.FormKC);
        var (columns, values) = (Names(own.Columns), Names(own.Values));
        var hidden = Hidden(text, columns, values);
        var ordered = ChineseOrder.Of(hidden, own.IsOfPeople);
        return Shown(ordered, columns, values);
    }

    private static List<string> Names(IEnumerable<string> own) =>
        [.. own.Where(o => o.Length > 0 && o.Any(c => c >= '\u3400')).Distinct().OrderByDescending(o => o.Length).Take(Most)];

    // The longest first; a word of the grammar that is longer than a name, such as 大於 beside the value 大, is no name.
    private static string Hidden(string text, List<string> columns, List<string> values)
    {
        var folded = ChineseScript.Traditional(text);
        var hidden = new StringBuilder();
        for (var i = 0; i < text.Length;)
        {
            var (column, said) = columns.Select((o, place) => (Place: place, Length: LengthAt(text, i, o))).DefaultIfEmpty().MaxBy(o => o.Length);
            var value = values.FindIndex(o => IsAt(text, i, o));
            var length = Math.Max(said, value < 0 ? 0 : values[value].Length);
            var phrase = ChineseWords.LengthAt(folded, i);
            if (length > 0 && length >= phrase)
            {
                hidden.Append(said == length ? (char)(FirstColumn + column) : (char)(FirstValue + value));
                i += length;
            }
            else
            {
                hidden.Append(folded.AsSpan(i, Math.Max(phrase, 1)));
                i += Math.Max(phrase, 1);
            }
        }

        return hidden.ToString();
    }

    // 到場 is what 是否到場 says, too.
    private static int LengthAt(string text, int at, string column) => IsAt(text, at, column) ? column.Length
        : column.Length > 3 && column.StartsWith("是否", StringComparison.Ordinal) && IsAt(text, at, column[2..]) ? column.Length - 2 : 0;

    private static bool IsAt(string text, int at, string word) => text.AsSpan(at).StartsWith(word, StringComparison.OrdinalIgnoreCase);

    private static string Shown(string ordered, List<string> columns, List<string> values)
    {
        var english = new StringBuilder();
        for (var i = 0; i < ordered.Length;)
        {
            var own = ordered[i] switch
            {
                >= FirstValue and < '\uF000' and var value => values[value - FirstValue],
                >= FirstColumn and < FirstValue and var column => columns[column - FirstColumn],
                _ => null,
            };
            if (own is not null)
            {
                english.Append(" \"").Append(own).Append("\" ");
                i++;
            }
            else if (ChineseWords.At(ordered, i) is var (length, word))
            {
                english.Append(' ').Append(word).Append(' ');
                i += length;
            }
            else
            {
                english.Append(ordered[i++]);
            }
        }

        return Counted(english.ToString());
    }

    // "How many rows … rows" says so once.
    private static string Counted(string english)
    {
        const string head = "how many rows";
        var at = english.IndexOf(head, StringComparison.Ordinal);
        return at < 0 ? english : $"{Rows().Replace(english[..at], " ")}{head}{Rows().Replace(english[(at + head.Length)..], " ")}";
    }

    [GeneratedRegex(@"\brows\b")]
    private static partial Regex Rows();
}
