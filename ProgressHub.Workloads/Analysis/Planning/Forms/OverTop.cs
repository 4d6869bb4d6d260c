using ProgressHub.Workloads.Analysis.Planning.Grammar;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;

namespace ProgressHub.Workloads.Analysis.Planning.Forms;

/// <summary>One figure over what is ranked first: the total revenue of the top 5 customers, the average price of the 3 latest orders.</summary>
internal static class OverTop
{
    /// <summary>The figure, where the question wants one; else what is ranked. Null where the user is asked, or it is refused.</summary>
    /// <param name="form">The question.</param>
    /// <param name="rank">What is ranked.</param>
    /// <param name="measure">What the figure is of.</param>
    /// <param name="column">What the ranked query calls it; null where it does not have it.</param>
    /// <param name="inner">What is ranked.</param>
    public static Query? Of(Form form, RankPart rank, MeasurePart measure, string? column, Query inner)
    {
        var sentence = form.Sentence;
        if (measure is not { Statistic: { } statistic and (Statistic.Sum or Statistic.Average or Statistic.Median), Ready: null } || measure.At > rank.At || rank.Limit is not > 1
            || Enumerable.Range(0, rank.At).Any(i => sentence[i].Lex is Lex.Which or Lex.Who or Lex.List))
        {
            return inner;
        }

        if (column is null || (inner is Query.Aggregate ranked && (statistic != Statistic.Sum || ranked.Within is not null || !ranked.Outputs[0].Measure.AddsUp)))
        {
            sentence.Refuse($"It does not say whether the {form.Raw(measure.At)} of each is meant, or that of all {rank.Limit} together.");
            return null;
        }

        if (inner is Query.Aggregate && !IsTogether(form, rank))
        {
            const string together = "all of them together", each = "each by itself";
            var term = $"over the top {rank.Limit}";
            if (sentence.Choice(term) is not { } choice)
            {
                sentence.Ask(term, $"Is the total of all {rank.Limit} together meant, or that of each?", [together, each]);
                return null;
            }

            if (choice == each)
                return inner;
        }

        return new Query.Over(inner, $"{(statistic == Statistic.Sum ? "total" : statistic.ToString().ToLowerInvariant())} of the {rank.Limit}: {column}", statistic, column);
    }

    // "What is the total of", "how much did the top 5 bring": one number. "What are the totals of" asks for each.
    private static bool IsTogether(Form form, RankPart rank) => Enumerable.Range(0, form.Sentence.Count).Any(i => i < rank.At && (form.Sentence[i].Lex == Lex.HowMuch || form.Sentence[i].Raw.ToLowerInvariant() is "is" or "was")
        || form.Sentence[i].Stem is "combined" or "together" or "altogether" or "in total");
}
