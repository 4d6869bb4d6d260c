using ProgressHub.Workloads.Analysis.Planning.Language;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>What is computed: average price, minimum and maximum, the 90th percentile of consumption, how much revenue.</summary>
internal sealed class AggregateGrammar(Sentence sentence, Draft draft)
{
    public static void Apply(Sentence sentence, Draft draft)
    {
        var grammar = new AggregateGrammar(sentence, draft);
        for (var i = 0; i < sentence.Count; i++)
        {
            if (sentence.IsFree(i) && StatisticOf(sentence[i].Lex) is { } statistic)
                grammar.Read(i, statistic);
        }
    }

    /// <summary>The statistic that a word says; null where it says none.</summary>
    public static Statistic? StatisticOf(Lex lex) => lex switch
    {
        Lex.Average => Statistic.Average, Lex.Sum => Statistic.Sum, Lex.Median => Statistic.Median, Lex.Maximum => Statistic.Maximum, Lex.Minimum => Statistic.Minimum,
        Lex.Spread => Statistic.Deviation, Lex.Variance => Statistic.Variance, Lex.Percentile => Statistic.Percentile, _ => null,
    };

    /// <summary>The measure columns or the formula of a piece as an expression; null where it has none, or asks which.</summary>
    public static Expr? ExprOf(Sentence sentence, int at)
    {
        if (sentence[at].Formula is { } formula)
            return formula;
        var columns = sentence[at].ColumnsWhere(c => c.IsMeasure());
        return columns.Count > 0 && sentence.Choose(at, columns) is { } column ? new Expr.Of(column) : null;
    }

    private void Read(int i, Statistic statistic)
    {
        var fraction = 0.0;
        if (statistic == Statistic.Percentile)
        {
            if (Fraction(i) is not { } said)
                return;
            fraction = said;
        }

        var at = Operand(i);
        if (at < 0)
        {
            // "On average", "in total": of what is measured elsewhere. It stays free for whoever measures.
            return;
        }

        // "The total of all overdue invoices": of the only sums of money there are.
        if (statistic == Statistic.Sum && sentence[at].IsRow && sentence[at].ColumnsWhere(c => c.IsMeasure()).Count == 0 && sentence.Lex(sentence.Next(i)) == Lex.On && sentence.Terms.Money is { } money)
        {
            sentence.Take("measure", i, at);
            sentence.Notes.Add($"The total of the {sentence[at].Raw} was taken as that of {money.Name}.");
            draft.Measures.Add(new MeasurePart(statistic, new Expr.Of(money), at));
            return;
        }

        if (sentence[at].Lex == Lex.HowMany || (sentence[at].IsRow && sentence[at].ColumnsWhere(c => c.IsMeasure()).Count == 0))
            return;
        // "More than 1,000 sessions in total": the total is bounded already.
        if (at < i && statistic == Statistic.Sum && sentence.PartOf(at) == "bound" && draft.Having.Exists(h => h.Measure.AddsUp))
            return;
        // "How many came on average per day": the mean of the days' totals.
        if (at < i && statistic is Statistic.Average or Statistic.Median && draft.Measures.Exists(m => m.At == at && m.Statistic == Statistic.Sum) && draft.Keys.Exists(k => k.Role == KeyRole.Each))
            return;
        if (ExprOf(sentence, at) is not { } expr)
            return;
        sentence.Take("measure", i, at);
        if (sentence[at].Ratio is { } ratio && statistic is Statistic.Average or Statistic.Sum)
        {
            PlainGrammar.SayRatio(sentence, at);
            draft.Measures.Add(new MeasurePart(null, expr, at) { Ready = ratio, Name = sentence[at].Raw });
        }
        else
            draft.Measures.Add(new MeasurePart(statistic, expr, at) { Fraction = fraction });
        More(at, statistic, fraction);
    }

    // "Total sessions and orders": one word for both.
    private void More(int at, Statistic statistic, double fraction)
    {
        for (var next = sentence.Next(at); next < sentence.Count && (sentence[next].Lex == Lex.And || sentence[next].Words[0].Kind == WordKind.Comma); next = sentence.Next(next))
        {
            var other = sentence.Next(next);
            if (!sentence.IsFree(other) || sentence[other].Column is not { Likeness: <= Likeness.Part } || ExprOf(sentence, other) is not { } expr)
                return;
            sentence.Take("measure", other);
            draft.Measures.Add(new MeasurePart(statistic, expr, other) { Fraction = fraction });
            next = other;
        }
    }

    private int Operand(int i)
    {
        for (var (at, steps) = (sentence.Next(i), 0); at < sentence.Count && steps < 5; at = sentence.Next(at), steps++)
        {
            var item = sentence[at];
            if (IsMeasured(at))
                return at;
            // "Average ride duration" is of the duration.
            if (item.IsRow && sentence.IsFree(at) && sentence[at + 1].Column is not null && IsMeasured(at + 1))
            {
                sentence.Take("measure", at);
                continue;
            }

            if (item.Lex == Lex.HowMany || item.IsRow)
                return at;
            var passes = item.Lex is Lex.On or Lex.And or Lex.All or Lex.Most or Lex.Least || StatisticOf(item.Lex) is not null || (item.Bucket is not null && item.IsAdverb)
                || (item.Values.Count > 0 && !sentence.IsFree(at)) || item.IsUnknown || !sentence.IsFree(at);
            if (!passes || item.Words[0].Kind is WordKind.Stop || (item.Words[0].Kind is WordKind.Comma && steps > 0))
                break;
        }

        // "The revenue in total", "sales_amount 總和", or of what a bound or an earlier statistic is of already.
        for (var (at, steps) = (sentence.Previous(i), 0); at >= 0 && steps < 4; at = sentence.Previous(at), steps++)
        {
            if (IsMeasured(at))
                return at;
            if (sentence[at].Lex is not (Lex.On or Lex.Is or Lex.In or Lex.And) && StatisticOf(sentence[at].Lex) is null)
                break;
        }

        return -1;
    }

    // A column that bounds rows may be measured too: "the average price above 100".
    private bool IsMeasured(int at) => (sentence.IsFree(at) || sentence.PartOf(at) is "measure" or "bound") && !IsKey(at)
        && (sentence[at].Formula is not null || sentence[at].ColumnsWhere(c => c.IsMeasure()).Count > 0);

    private bool IsKey(int at) => sentence[sentence.Previous(at)].Lex is Lex.By or Lex.Each;

    private double? Fraction(int i)
    {
        foreach (var at in new[] { sentence.Previous(i), sentence.Next(i) })
        {
            if ((sentence[at].Ordinal ?? sentence[at].Number) is >= 0 and <= 100 and var percent)
            {
                sentence.Take("measure", at);
                return percent / 100;
            }
        }

        return null;
    }
}
