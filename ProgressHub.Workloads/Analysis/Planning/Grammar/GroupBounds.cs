using System.Globalization;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>Bounds of groups: regions with total sales over 100, customers who ordered more than once, products above the average.</summary>
internal sealed class GroupBounds(Sentence sentence, Draft draft)
{
    /// <summary>Whether groups are asked for: a key that is named, or one of which a question is asked.</summary>
    public bool Is => Keys().Any();

    /// <summary>Whether a yes or a no is wanted: is the average price above 100?</summary>
    public bool IsTest => sentence[0].Lex is Lex.Is or Lex.Did;

    /// <summary>Bounds how many rows a group has: customers who ordered more than once, at least 3 times.</summary>
    public void Times(Bound bound)
    {
        if (Is && !IsOneEach && bound is { Beside: null, Column: null })
            Add(new Measure.Rows(), bound);
        else
            sentence.Refuse($"It does not say what happened '{sentence[bound.At].Raw} {sentence[bound.End].Raw}'.");
    }

    /// <summary>Bounds how many different ones a group has: warehouses with more than 30 products. Whether it did.</summary>
    public bool Different(Bound bound)
    {
        var at = sentence.Next(bound.End);
        if (!Is || bound.Beside is not null || bound.Adjective is not null || !sentence.IsFree(at) || !sentence[at].Raw.EndsWith('s')
            || sentence[at].ColumnsWhere(c => c.IsCategory() && c.Type == ColumnType.Text) is not [var column])
        {
            return false;
        }

        sentence.Take("bound of groups", at);
        Add(new Measure.Of(Statistic.Distinct, new Expr.Of(column)), bound);
        return true;
    }

    /// <summary>Bounds a measure of each group.</summary>
    public void Add(Measure measure, Bound bound)
    {
        if (bound.Column is not null)
        {
            sentence.Refuse("It compares groups with a column; ask for the numbers of both.");
            return;
        }

        if (bound.Beside is { } beside)
        {
            var said = sentence.Next(bound.End);
            if (sentence.IsFree(said) && measure is Measure.Of { Expression: Expr.Of { Column: var own } } && sentence[said].ColumnsWhere(c => c == own).Count > 0)
                sentence.Take("bound of groups", said);
            sentence.Notes.Add($"Compared with the {beside.ToString().ToLowerInvariant()} {(measure.AddsUp ? "of all groups' totals" : "of all rows")}.");
        }

        draft.Having.Add(new GroupBound(measure, bound.Sign, bound.Value) { Beside = bound.Beside });
        if (bound.Upper is { } upper)
            draft.Having.Add(new GroupBound(measure, bound.UpperSign, upper));
    }

    /// <summary>
    /// Whether a bound of a quantity that adds up, where each group has several rows, is of its total: where a row could not be so
    /// much, a verb says what each did, or so many of it are named; not where a single row is ("an amount above 100"). Null where
    /// it is asked.
    /// </summary>
    public bool? IsOf(Bound bound, Expr expr, int at, bool isAfter)
    {
        if (expr is not Expr.Of { Column: var column } || column.AddsUp() != true || bound.Column is not null)
            return false;
        if (!Is || IsOneEach)
            return false;
        if (isAfter && !sentence.Has(Lex.HowMany))
            return true;
        // "The orders by region above 10": rows, told apart by it. "Customers with orders above 10" are of rows too.
        if (!IsOfSeveral(at) || (sentence.Has(Lex.HowMany) && Keys().Count() > 1))
            return false;
        if (sentence[Keys(onlyAsked: true).First()].Bucket is not null)
            return true;
        if (sentence[at - 1].Stem is "a" or "an" or "any" or "one" or "single" or "each" or "every" || sentence[at].IsRow)
            return false;
        var isBeyond = double.TryParse(column.Max, CultureInfo.InvariantCulture, out var most) && bound.Beside is null && bound.Value >= most;
        if (isBeyond || sentence[at].Column is { Likeness: Likeness.Related } && sentence[at].Words is [{ Stem: "spend" or "spent" or "pay" or "paid" or "donated" or "earn" or "earned" or "consumed" or "produced" or "used" or "sold" or "bought" }])
            return true;
        var term = $"bound of {column.Name}";
        if (sentence.Choice(term) is { } choice)
            return choice.StartsWith("the total", StringComparison.Ordinal);
        sentence.Ask(term, $"Is the total {column.Name} of each group bounded, or that of a single row?", [$"the total {column.Name} of each group", $"the {column.Name} of a single row"]);
        return null;
    }

    /// <summary>Whether what is asked for has several rows each, and no rows are spoken of before a place.</summary>
    public bool IsOfSeveral(int at) => !IsOneEach && Keys(onlyAsked: true).ToList() is [var key, ..] && !Enumerable.Range(key + 1, Math.Max(0, at - key - 1)).Any(k => sentence[k].IsRow || sentence[k].Lex == Lex.Row);

    // Whether each group is about one row, so that a bound of it is one of the row.
    private bool IsOneEach => Keys().All(k => IsDayEach(k) || sentence[k].Bucket is null
        && sentence[k].ColumnsWhere(c => c.IsCategory()) is { Count: > 0 } columns && columns.All(c => c.Distinct is { } distinct && distinct >= 0.85 * sentence.Terms.Table.Rows));

    private bool IsDayEach(int k) => sentence[k].Bucket == Bucket.Day && sentence.Terms.Table.Columns.Where(c => c.IsTime).ToList() is [{ Type: ColumnType.Date, Distinct: { } days }] && days >= 0.95 * sentence.Terms.Table.Rows;

    // Where the keys stand.
    private IEnumerable<int> Keys(bool onlyAsked = false)
    {
        for (var i = 0; i < sentence.Count; i++)
        {
            var next = sentence.Next(i);
            if (sentence[i].Lex is Lex.By or Lex.Each && (sentence[next].Values.Count == 0 || sentence[next].Column is not null))
            {
                if (!onlyAsked)
                    yield return next;
            }
            else if ((sentence[i].Lex is Lex.Which or Lex.What or Lex.Who or Lex.List or Lex.HowMany || i == 0) && At(i) is >= 0 and var at)
                yield return at;
        }
    }

    private int At(int i)
    {
        if (sentence[i].Lex == Lex.Who)
            return i;
        var at = sentence[i].Column is null ? sentence.Next(i) : i;
        while (sentence[at].Lex is Lex.All or Lex.Distinct)
            at = sentence.Next(at);
        var categories = sentence[at].ColumnsWhere(c => c.IsCategory()).Count > 0;
        // Of rows it is no group; and how many days are no key that is told apart.
        if (sentence[i].Lex == Lex.HowMany && sentence[at] is { Bucket: Bucket.Day, IsAdverb: false })
            return at;
        if (sentence[i].Lex == Lex.HowMany)
            return categories && !sentence[at].IsRow && sentence[at].ColumnsWhere(c => c.IsMeasure()).Count == 0 && sentence[at].Raw.EndsWith('s') ? at : -1;
        return (!sentence[at].IsRow || categories) && (categories || sentence[at].Bucket is not null) ? at : -1;
    }
}
