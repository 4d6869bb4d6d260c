using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using ProgressHub.Workloads.Analysis.Planning.Grammar;
using ProgressHub.Workloads.Analysis.Planning.Language;
using ProgressHub.Workloads.Analysis.Planning.Terms;

namespace ProgressHub.Workloads.Analysis.Planning.Forms;

/// <summary>
/// Holds the words that change numbers against what is run: for an average there is a mean, for a "not" a negation, for a figure
/// that figure. What a rule took and no part of the query shows is told, whichever rule took it.
/// </summary>
internal static partial class Witness
{
    private static readonly string[] Negations = ["NOT ", "IS NULL", "<>", "<", ">", " = 0", "'no", "'none", "'No", "'None", "/"];
    private static readonly string[] Comparisons = ["<", ">", "=", " - ", "100.0 *"];
    private static readonly string[] Changes = ["100.0 *", " - ", "<", ">", "lag("];
    private static readonly string[] Orders = ["max(", "min(", "DESC", "ASC", "rank()"];

    // Of each kind of word, what the query has where it was heard: one of these.
    private static readonly FrozenDictionary<Lex, string[]> Signs = new Dictionary<Lex, string[]>
    {
        [Lex.Average] = ["avg(", "/ nullif("], [Lex.Median] = ["median("], [Lex.Percentile] = ["quantile_cont("], [Lex.Spread] = ["stddev_samp("], [Lex.Variance] = ["var_samp("],
        [Lex.Sum] = ["sum(", "count(", "/ nullif(", "100.0 *"], [Lex.Maximum] = Orders, [Lex.Minimum] = Orders, [Lex.Most] = Orders, [Lex.Least] = Orders, [Lex.Best] = Orders, [Lex.Worst] = Orders,
        [Lex.Latest] = Orders, [Lex.Earliest] = Orders, [Lex.First] = [.. Orders, "LIMIT"], [Lex.Common] = Orders, [Lex.Rare] = Orders, [Lex.Rank] = ["ORDER BY"],
        [Lex.Correlation] = ["corr("], [Lex.Related] = ["corr("], [Lex.Volatility] = ["stddev_samp("], [Lex.Distinct] = ["DISTINCT", "GROUP BY"],
        [Lex.HowOften] = ["count("],
        [Lex.Above] = Comparisons, [Lex.Below] = Comparisons, [Lex.AtLeast] = Comparisons, [Lex.AtMost] = Comparisons, [Lex.Between] = Comparisons, [Lex.OrMore] = Comparisons, [Lex.OrLess] = Comparisons,
        [Lex.Not] = Negations, [Lex.Neither] = Negations, [Lex.Never] = Negations, [Lex.Without] = Negations, [Lex.Missing] = Negations, [Lex.No] = Negations,
        [Lex.Share] = ["100.0 *"], [Lex.Growth] = Changes, [Lex.Rise] = Changes, [Lex.Fall] = Changes, [Lex.Difference] = [" - "], [Lex.Running] = ["OVER ("], [Lex.Previous] = ["lag(", "100.0 *"], [Lex.Ratio] = ["/ nullif("],
        [Lex.Each] = ["GROUP BY", "PARTITION BY", "avg(", "/ nullif(", "max(", "min("], [Lex.Every] = ["GROUP BY", "PARTITION BY", "NOT "],
        [Lex.Contains] = ["LIKE"], [Lex.StartsWith] = ["LIKE"], [Lex.EndsWith] = ["LIKE"],
    }.ToFrozenDictionary();

    /// <summary>The words that went into a part of the plan and are not in what is run.</summary>
    public static IEnumerable<string> Unseen(Sentence sentence, string sql)
    {
        var figures = Figures().Matches(sql).Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture)).ToHashSet();
        for (var i = 0; i < sentence.Count; i++)
        {
            var item = sentence[i];
            // What is free was judged already; and a word that is a column, a value or a time is no word of the grammar.
            // Nor is a unit, or the "between" of two that are not numbers.
            if (sentence.IsFree(i) || sentence.PartOf(i) is "unit" or "either" || (item.Lex is Lex.Between or Lex.Share or Lex.Minimum && sentence.PartOf(i) != "share" && sentence.PartOf(i) != "measure") || item.Column is not null || item.Values.Count > 0 || item.Period is not null || item.Formula is not null || item.Words[0].Kind == WordKind.Quoted)
                continue;
            if (Signs.TryGetValue(item.Lex, out var signs) && !signs.Any(s => sql.Contains(s, StringComparison.Ordinal)))
                yield return item.Raw;
            if (item is { Number: { } number, Words: [{ Kind: WordKind.Number }] } && !figures.Contains(number) && !figures.Contains(number / 100) && !figures.Contains(number - 1) && !IsTold(sentence, number))
                yield return item.Raw;
        }
    }

    // A number in another unit is another number, which is said.
    private static bool IsTold(Sentence sentence, double number) =>
        sentence.Notes.Exists(n => n.Contains(number.ToString("0.####", CultureInfo.InvariantCulture), StringComparison.Ordinal));

    [GeneratedRegex(@"(?<![\w.])\d+(?:\.\d+)?")]
    private static partial Regex Figures();
}
