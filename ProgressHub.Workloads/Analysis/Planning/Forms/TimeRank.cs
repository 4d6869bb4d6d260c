using ProgressHub.Workloads.Analysis.Planning.Grammar;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Forms;

/// <summary>What is first or last in time: the latest order, the first 5 rows, the earliest order date, the latest price of each product.</summary>
internal sealed class TimeRank(Form form, RankPart rank)
{
    private Sentence Sentence => form.Sentence;

    private Draft Draft => form.Draft;

    /// <summary>The query; null where the user is asked, or it is refused.</summary>
    /// <param name="target">What is asked for; null where rows are.</param>
    public Query? Build(KeyPart? target)
    {
        if (Draft.RowsAt >= 0 && Sentence[Draft.RowsAt].Lex == Lex.Row && !Sentence[Draft.RowsAt].IsRow && !rank.Descending && Draft.Measures.Count == 0)
            return new Query.Rows([]) { Where = form.Where(), Ranking = new Ranking(false, rank.Limit ?? 1) };
        if (TimeColumn.Of(Sentence, rank.At) is not { } time)
            return null;
        var each = Draft.Keys.Where(k => k != target && k.Role is KeyRole.Each or KeyRole.By).ToList();
        if (Draft.Measures.Exists(m => m.Counts || m.Ready is not null || Sentence[Sentence.Previous(m.At)].Lex == Lex.By) || each.Count > 1 || target is { Key.Bucket: not null, Key.Column: var stepped } && stepped != time)
        {
            Sentence.Refuse($"It does not say what is {form.Raw(rank.At)} in time; ask for the {form.Raw(rank.At)} row.");
            return null;
        }

        var within = each is [var only] ? only.Key : null;
        if (Draft.Measures.Count == 0 && (target is { Key.Column.IsTime: true } || (target is null && Draft.RowsAt < 0)))
        {
            // It is what is asked for, and nothing is told apart by it.
            Draft.Keys.RemoveAll(k => k == target);
            return Moment(time, within);
        }

        if (target is { Key.Bucket: not null })
        {
            Sentence.Refuse("Ask for the latest or earliest row instead.");
            return null;
        }

        var measured = Draft.Measures.SelectMany(m => m.Expression!.Columns).ToList();
        IEnumerable<TableColumn> columns = target is null && (measured.Count == 0 || Draft.RowsAt >= 0) ? []
            : [.. within is { Bucket: null } ? [within.Column] : Array.Empty<TableColumn>(), .. target is null ? [] : new[] { target.Key.Column }, time, .. measured];
        var rows = new Query.Rows([.. columns.Distinct()])
        {
            Where = form.Where(), By = new Expr.Of(time), Within = within, Ranking = new Ranking(rank.Descending, rank.Limit ?? (rank.Nth is null ? 1 : null), rank.Nth),
        };
        if (form.RowNoun() is >= 0 and var row)
            Sentence.Take("rows", row);
        if (Draft.Measures is not [var measure])
            return Draft.Measures.Exists(m => m.Statistic is not null) ? Unclear() : rows;
        if (measure.Statistic is not null && (measure.Expression is not Expr.Of || within is not null))
            return Unclear();
        return OverTop.Of(form, rank, measure, (measure.Expression as Expr.Of)?.Column.Name, rows);
    }

    private Query.Aggregate Moment(TableColumn time, Key? within) =>
        new(within is null ? [] : [within], [new($"{(rank.Descending ? "last" : "first")} {time.Name}", new Measure.Of(rank.Descending ? Statistic.Maximum : Statistic.Minimum, new Expr.Of(time)))]) { Where = form.Where() };

    private Query? Unclear()
    {
        Sentence.Refuse($"It does not say of which rows that are {form.Raw(rank.At)} the numbers are.");
        return null;
    }
}
