using ProgressHub.Workloads.Analysis.Planning.Language;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>What is counted: how many orders, how many different products, how many sessions, how much revenue.</summary>
internal sealed class CountGrammar(Sentence sentence, Draft draft)
{
    public static void Apply(Sentence sentence, Draft draft)
    {
        var grammar = new CountGrammar(sentence, draft);
        grammar.Leading();
        for (var i = 0; i < sentence.Count; i++)
        {
            if (!sentence.IsFree(i) || grammar.IsAgain(i))
                continue;
            if (sentence[i].Lex == Lex.HowMany)
                grammar.HowMany(i);
            else if (sentence[i].Lex == Lex.HowOften)
                grammar.Add(i, i, new MeasurePart(null, null, i));
            else if (sentence[i].Lex == Lex.HowMuch)
                grammar.HowMuch(i);
        }
    }

    /// <summary>The number of the table's rows, or of what its identifier names.</summary>
    public static MeasurePart Rows(Sentence sentence, int at)
    {
        var id = sentence.Terms.RowId;
        var isEntity = at >= 0 && id is not null && sentence[at].Lex != Lex.Row && sentence[at].IsRow && id.Parts().Contains(sentence[at].Stem);
        return isEntity && !IsUnique(id!, sentence.Terms.Table.Rows)
            ? new MeasurePart(Statistic.Distinct, new Expr.Of(id!), at) { Name = $"{sentence[at].Stem}s" }
            : new MeasurePart(null, null, at);
    }

    private static bool IsUnique(TableColumn id, long rows) => id.Empty == 0 && long.TryParse(id.Min, out var min) && long.TryParse(id.Max, out var max) && max - min + 1 == rows;

    private void Add(int i, int at, MeasurePart part)
    {
        sentence.Take("measure", i, at);
        draft.Measures.Add(part);
    }

    // "Which region has the most orders, and how many is that": the number that is shown beside it anyway.
    private bool IsAgain(int i)
    {
        if (sentence[i].Lex is not (Lex.HowMany or Lex.HowMuch) || sentence[i - 1].Lex != Lex.And || draft.Rank is null || !Enumerable.Range(i + 1, sentence.Count - i - 1).All(k =>
            sentence[k].Words[0].Kind is WordKind.Stop || sentence[k].Lex is Lex.Is or Lex.Did or Lex.AreThere or Lex.This || sentence[k].Stem is "it" or "that" or "they" or "them" or "there" or "he" or "she"))
        {
            return false;
        }

        for (var k = i - 1; k < sentence.Count; k++)
            sentence.Take("rank", k);
        return true;
    }

    // "Parcels and total weight for each carrier": how many they are, and the weight.
    private void Leading()
    {
        var and = sentence.Next(0);
        var next = sentence.Next(and);
        var isMeasure = AggregateGrammar.StatisticOf(sentence.Lex(next)) is not null;
        if (sentence.PartOf(0) is null or "rows" or "target" && sentence[0] is { IsRow: true } && sentence[0].Raw.EndsWith('s') && sentence.Lex(and) == Lex.And && isMeasure && sentence[0].ColumnsWhere(c => c.IsMeasure()).Count == 0 && !sentence.Has(Lex.HowMany)
            && draft.Keys.Exists(k => k.Role is KeyRole.By or KeyRole.Each))
        {
            draft.RowsAt = -1;
            Add(0, and, Rows(sentence, 0));
        }
    }

    private void HowMany(int i)
    {
        var distinct = false;
        for (var (at, steps) = (sentence.Next(i), 0); at < sentence.Count && steps < 7; at = sentence.Next(at), steps++)
        {
            var item = sentence[at];
            if (item.Lex == Lex.Distinct && sentence.IsFree(at))
            {
                distinct = true;
                sentence.Take("measure", at);
                continue;
            }

            if (sentence.IsFree(at) && Head(i, at, distinct))
                return;
            // "By number of units sold": a bounded or grouped head is taken already.
            var passes = !sentence.IsFree(at) || item.Lex is Lex.On or Lex.All;
            if (!passes || item.Words[0].Kind is WordKind.Stop)
                break;
            if (sentence.PartOf(at) == "target" && sentence[at].IsRow)
                break;
        }

        // "How many mugs did we sell": of what is sold in numbers.
        if (!distinct && draft.Filters.Exists(f => f.Condition is Condition.OneOf) && SoldIn(sentence, i) is { } quantity)
        {
            sentence.Notes.Add($"Counted is the total {quantity.Name}; say number of rows for another.");
            Add(i, i, new MeasurePart(Statistic.Sum, new Expr.Of(quantity), i));
        }
        else
            Add(i, i, Rows(sentence, -1));
    }

    /// <summary>The one column of quantities, where a verb says that things were sold, made or used, which are counted by it and not by rows.</summary>
    public static TableColumn? SoldIn(Sentence sentence, int from) =>
        Enumerable.Range(from, sentence.Count - from).Any(k => sentence.IsFree(k) && sentence[k].Words is [{ Stem: "sell" or "sold" or "buy" or "bought" or "purchased" or "shipped" or "dispensed" or "produced" or "used" or "ordered" }])
        && sentence.Terms.Table.Columns.Where(c => c.IsMeasure() && c.BareParts() is [var only] && (only is "qty" or "quantity" or "piece" or "menge" or "数量" or "數量" || only == "unit")).ToList() is [var column] ? column : null;

    private bool Head(int i, int at, bool distinct)
    {
        var item = sentence[at];
        if (item.Formula is { } whole && !distinct && sentence[i].Lex == Lex.HowMany && whole is Expr.Binary { Operator: '+' })
        {
            Add(i, at, new MeasurePart(Statistic.Sum, whole, at));
            return true;
        }

        var measures = Quantities(item);
        if (!distinct && UnitWords.IsUnit(item.Stem) && sentence.Terms.Table.Columns.Where(c => c.IsMeasure() && UnitWords.IsOf(c, item.Stem)).ToList() is { Count: > 0 } inUnit)
        {
            if (sentence.Choose(at, inUnit) is { } column)
                Add(i, at, new MeasurePart(column.AddsUp() == false ? null : Statistic.Sum, new Expr.Of(column), at));
            return true;
        }

        if ((item.IsRow || item.Lex == Lex.Row) && measures.Count == 0)
        {
            Add(i, at, Rows(sentence, at));
            return true;
        }

        // "Rainy days" are days.
        if (item.Column is { Likeness: > Likeness.Part } && IsNoun(sentence.Next(at)))
            return false;
        // "The number of sales" is no amount of money.
        if (measures.Count > 0 && !distinct && item is { Stem: "sale", Column.Likeness: Likeness.Related } && measures.All(c => UnitWords.IsMoney(c) || c.Parts().Any(p => p is "amount" or "revenue" or "turnover" or "value" or "income")))
        {
            sentence.Notes.Add($"Each row counts as one {item.Stem}.");
            Add(i, at, Rows(sentence, -1));
            return true;
        }

        if (measures.Count > 0 && !distinct && item.Column!.Likeness <= Likeness.Related)
        {
            if (sentence.Choose(at, measures) is { } column)
                Add(i, at, new MeasurePart(column.AddsUp() == false ? null : Statistic.Sum, new Expr.Of(column), at));
            return true;
        }

        if (item.Column is { } sense && (sense.Columns.Any(c => c.IsCategory()) || distinct))
        {
            if (sentence.Choose(at, distinct ? sense.Columns : item.ColumnsWhere(c => c.IsCategory())) is not { } column)
                return true;
            if ((distinct ? true : IsOfDifferent(at, column)) is { } isOf)
                Add(i, at, isOf ? new MeasurePart(Statistic.Distinct, new Expr.Of(column), at) : Rows(sentence, -1));
            return true;
        }

        if (item is { Bucket: Bucket.Day, IsAdverb: false } && TimeColumn.Of(sentence, at) is { Type: ColumnType.Date } day)
        {
            Add(i, at, new MeasurePart(Statistic.Distinct, new Expr.Of(day), at) { Name = "days" });
            return true;
        }

        return false;
    }

    // "How many items were returned late": different ones, or each time one was. Null where it is asked.
    private bool? IsOfDifferent(int at, TableColumn column)
    {
        // "How many medals went to Kenya", of medals.csv with a few kinds of medal.
        var isOfFile = column.Distinct * 20 <= sentence.Terms.Table.Rows && draft.Filters.Count > 0 && QuestionWords.NameParts(Path.GetFileNameWithoutExtension(sentence.Terms.Table.Name)).Contains(sentence[at].Stem);
        if (!isOfFile && (column.Distinct is not { } different || different * 5 > sentence.Terms.Table.Rows || sentence[at + 1].Lex != Lex.Is || sentence[at + 2].ColumnsWhere(c => c.IsTime).Count == 0 || !draft.Filters.Exists(f => f.At >= at + 2 && f.Condition is Condition.Compare or Condition.Empty)))
            return true;
        var (term, own, rows) = ($"number of {sentence[at].Stem}", $"different {column.Name}", "number of rows");
        if (sentence.Choice(term) is { } choice)
            return choice == own;
        sentence.Ask(term, $"Are the different {column.Name} counted, or the rows?", [own, rows]);
        return null;
    }

    // What is earned is no cost, and what is used or produced is no money.
    private bool IsPaid(TableColumn money)
    {
        var isCost = money.Parts().Any(p => p is "cost" or "fee" or "charge" or "expense" or "bill" or "fare" or "salary" or "wage");
        return !Enumerable.Range(0, sentence.Count).Any(i => sentence.IsFree(i) && sentence[i].Words is [{ Stem: var verb }]
            && (verb is "use" or "used" or "produce" or "produced" or "score" or "scored" or "reach" or "reached" or "run" or "ran" or "keep" or "kept" or "eat"
                || (isCost && verb is "earn" or "earned" or "make" or "made" or "generate" or "generated" or "raise" or "raised" or "sell" or "sold")));
    }

    private bool IsNoun(int at) => sentence.IsFree(at) && (sentence[at] is { Bucket: not null, IsAdverb: false } || sentence[at].IsRow || sentence[at].Column is { Likeness: <= Likeness.Part });

    // Units are a quantity, where there is one, and not the unit price.
    private IReadOnlyList<TableColumn> Quantities(Reading.Item item)
    {
        var measures = item.ColumnsWhere(c => c.IsMeasure());
        if (item.Column is not { Likeness: > Likeness.Exact } || measures.Any(c => c.AddsUp() != false))
            return measures;
        var alike = Synonyms.Of(item.Stem);
        var quantities = sentence.Terms.Table.Columns.Where(c => c.IsMeasure() && c.AddsUp() == true && c.Parts().Any(alike.Contains)).ToList();
        return quantities.Count > 0 ? quantities : measures;
    }

    private void HowMuch(int i)
    {
        // "How old are they": of the age.
        if (sentence[i].Column is not null)
        {
            if (AggregateGrammar.ExprOf(sentence, i) is { } own)
                Add(i, i, new MeasurePart(null, own, i));
            return;
        }

        for (var (at, steps) = (sentence.Next(i), 0); at < sentence.Count && steps < 6; at = sentence.Next(at), steps++)
        {
            if (sentence.IsFree(at) && sentence[at].Formula is { } made && sentence[at].Ratio is null)
            {
                Add(i, at, new MeasurePart(null, made, at));
                return;
            }

            if (!sentence.IsFree(at) || sentence[at].ColumnsWhere(c => c.IsMeasure()).Count == 0)
                continue;
            // "Energy": a word that speaks of a unit gives way to the column itself.
            if (sentence[at].Column!.Likeness == Likeness.Related && sentence[sentence.Next(at)].ColumnsWhere(c => c.IsMeasure()).Count > 0)
                continue;
            if (AggregateGrammar.ExprOf(sentence, at) is { } expr)
                Add(i, at, new MeasurePart(null, expr, at));
            return;
        }

        // "How much was donated": of the only sums of money there are.
        // "How much did we make", of a price and a quantity.
        if (sentence[i].Stem == "how much" && sentence.Terms.Money is { } price && price.AddsUp() == false && Enumerable.Range(i, sentence.Count - i).FirstOrDefault(k => sentence.IsFree(k) && sentence[k].Words is [{ Stem: "make" or "made" or "earn" or "earned" or "take" or "took" or "bring" or "sell" or "sold" or "spend" or "spent" }], -1) is >= 0 and var done)
        {
            if (WorthGrammar.Product(sentence.Terms.Table) is { } product)
            {
                sentence.Notes.Add($"Taken was the total {price.Name} × quantity.");
                sentence.Take("measure", done);
                Add(i, i, new MeasurePart(Statistic.Sum, product, i));
            }

            return;
        }

        if (sentence[i].Stem == "how much" && sentence.Terms.Money is { } money && !draft.Filters.Exists(f => f.Column == money) && IsPaid(money))
            Add(i, i, new MeasurePart(null, new Expr.Of(money), i));
    }
}
