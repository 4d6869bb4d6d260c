using ProgressHub.Workloads.Analysis.Planning.Grammar;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;

namespace ProgressHub.Workloads.Analysis.Planning.Forms;

/// <summary>Makes measures of what is computed; where no word says how, by what the column is, which is said, or asked.</summary>
internal sealed class Measuring(Sentence sentence)
{
    /// <summary>The measure; null where the user is asked.</summary>
    public Output? Of(MeasurePart part, Statistic? usual = null)
    {
        if (part.Ready is { } ready)
            return new Output(part.Name ?? Names.Of(ready), ready);
        if (part.Expression is null)
            return new Output("rows", new Measure.Rows());
        if ((part.Statistic ?? usual) is { } said)
            return new Output(part.Name ?? Names.Of(said, part.Expression, part.Fraction), new Measure.Of(said, part.Expression, part.Fraction));
        if (Usual(part) is not { } statistic)
            return null;
        return new Output(Names.Of(statistic, part.Expression), new Measure.Of(statistic, part.Expression));
    }

    /// <summary>The measures; null where the user is asked.</summary>
    public IReadOnlyList<Output>? All(IReadOnlyList<MeasurePart> parts)
    {
        List<Output> outputs = [];
        foreach (var part in parts)
        {
            if (Of(part) is not { } output)
                return null;
            if (!outputs.Exists(o => o.Name == output.Name))
                outputs.Add(output);
        }

        return outputs;
    }

    // Quantities add up, prices do not; where a name says neither, people do.
    private Statistic? Usual(MeasurePart part)
    {
        var name = Names.Of(part.Expression!);
        var adds = part.Expression switch
        {
            Expr.Of of => of.Column.AddsUp(),
            Expr.Days => false,
            Expr.Binary { Operator: '/' } => false,
            Expr.Binary { Operator: '*' } => true,
            { } other => other.Columns.All(c => c.AddsUp() == true) ? true : null,
            _ => null,
        };
        // Marks from 1 to 5 do not add up.
        if (part.Expression is Expr.Of { Column: var scale } && adds is null && scale.IsScale())
            adds = false;
        if (adds is null && IsOfOneRow())
            return Statistic.Sum;
        if (adds is null)
        {
            var term = $"total or average {name.ToLowerInvariant()}";
            if (sentence.Choice(term) is { } choice)
                return choice == "total" ? Statistic.Sum : Statistic.Average;
            sentence.Ask(term, $"Is the total of {name} meant, or the average?", ["total", "average"]);
            return null;
        }

        var statistic = adds.Value ? Statistic.Sum : Statistic.Average;
        sentence.Notes.Add($"Of {name} the {(adds.Value ? "total" : "average")} was taken; say average, total, median, highest or lowest for another.");
        return statistic;
    }

    // "The name with the largest difference", where each name has one row: its sum and its mean are one number.
    private bool IsOfOneRow() => Enumerable.Range(0, sentence.Count).Any(i => sentence.PartOf(i) is "key" or "target" && sentence[i].ColumnsWhere(c => c.IsCategory()) is [{ Distinct: { } names } key] && names >= sentence.Terms.Table.Rows && key.Empty == 0)
        && Enumerable.Range(0, sentence.Count).Any(i => sentence[i].Lex is Lex.Most or Lex.Least or Lex.Rank && !sentence.IsFree(i));

    /// <summary>The measure that something is ranked by, where no word names it; null where the user is asked.</summary>
    public MeasurePart? Judged(string word, int at)
    {
        var columns = sentence.Terms.Table.Columns.Where(c => c.IsMeasure()).ToList();
        const string rows = "number of rows";
        if (columns.Count == 0)
            return null;
        var term = $"rank by {word.ToLowerInvariant()}";
        if (sentence.Choice(term) is { } choice)
            return choice == rows ? new MeasurePart(null, null, at) : columns.Find(c => c.Name == choice) is { } column ? new MeasurePart(null, new Expr.Of(column), at) : null;
        sentence.Ask(term, $"'{word}': by which column?", columns.Select(c => c.Name).Append(rows));
        return null;
    }
}
