using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Reading;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>
/// Sums that no column has, and two of them make: revenue and the value of a stock, of a price and a quantity; profit, of what
/// came in and what it cost. What they were made of is said.
/// </summary>
internal static class WorthGrammar
{
    public static void Apply(Sentence sentence)
    {
        for (var i = 0; i < sentence.Count; i++)
        {
            if (sentence[i] is not { Formula: null, Values.Count: 0, IsRow: false, Words: [{ Kind: Language.WordKind.Word } word] } item || item.Column is { Likeness: <= Likeness.Part })
                continue;
            var made = word.Stem switch
            {
                "revenue" or "turnover" or "takings" or "worth" => Product(sentence.Terms.Table, item),
                "value" when sentence[i - 1].Stem is "stock" or "inventory" or "total" or "order" || sentence[i + 1].Stem == "of" => Product(sentence.Terms.Table, item),
                "overspend" or "overrun" or "overspending" => Partners.Budget(sentence.Terms.Table) is var (budget, actual) ? new Expr.Binary('-', new Expr.Of(actual), new Expr.Of(budget)) : null,
                "underspend" or "underspending" => Partners.Budget(sentence.Terms.Table) is var (planned, spent) ? new Expr.Binary('-', new Expr.Of(planned), new Expr.Of(spent)) : null,
                "profit" or "loss" => Difference(sentence.Terms.Table, item),
                _ => null,
            };
            if (made is null || (word.Stem == "loss" && sentence[i - 1].Stem != "a"))
                continue;
            sentence.Notes.Add($"'{item.Raw}' was read as {Name(made.Left)} {(made.Operator == '*' ? "×" : "−")} {Name(made.Right)}.");
            sentence.Merge(i, i + 1, new Item(item.Words) { Formula = made });
            // "The stock value", "the inventory value".
            if (word.Stem == "value" && sentence[i - 1].Stem is "stock" or "inventory")
                sentence.Take("formula", i - 1);
        }
    }

    /// <summary>"Made a profit", "at a loss": what came in is more than what it cost, or less.</summary>
    public static void Filter(Sentence sentence, Draft draft)
    {
        for (var i = 0; i < sentence.Count; i++)
        {
            // "Which departments overspent".
            if (sentence.IsFree(i) && sentence[i] is { IsUnknown: true, Words: [{ Stem: "overspent" or "underspent" } over] } && Partners.Budget(sentence.Terms.Table) is var (budget, actual))
            {
                sentence.Take("bound", i);
                sentence.Notes.Add($"'{over.Raw}' was read as: {actual.Name} is {(over.Stem == "overspent" ? "above" : "below")} {budget.Name} of the same row.");
                draft.Filters.Add(new FilterPart(new Condition.Compare(new Expr.Of(actual), over.Stem == "overspent" ? ">" : "<", new Expr.Of(budget)), null, i, Negation.Of(sentence, draft, i, null)));
                continue;
            }

            if (!sentence.IsFree(i) || sentence[i].Formula is not { } formula || sentence[i].Words is not [{ Stem: "profit" or "loss" } word] || formula is not Expr.Binary { Operator: '-' } profit || sentence[i - 1].Stem != "a" || sentence[i - 2].Stem is not ("made" or "make" or "makes" or "at" or "turned" or "turn"))
                continue;
            sentence.Take("bound", i, i - 2);
            draft.Filters.Add(new FilterPart(new Condition.Compare(profit.Left, word.Stem == "profit" ? ">" : "<", profit.Right), null, i, Negation.Of(sentence, draft, i - 2, null)));
        }
    }

    private static string Name(Expr expr) => expr.Columns.First().Name;

    // A price of one and how many of them; with a discount it is not known.
    private static Expr.Binary? Product(TableProfile table, Item item) => item.Column is not null ? null : Product(table, item.Stem is "value" or "worth");

    /// <summary>The price of one by how many of them; null where the table does not say both, or has the product.</summary>
    public static Expr.Binary? Product(TableProfile table, bool isOfCost = false)
    {
        var measures = table.Columns.Where(c => c.IsMeasure()).ToList();
        if (measures.Exists(c => c.Parts().Any(p => p is "revenue" or "sale" or "turnover" or "amount" or "total" or "subtotal" or "income" or "value" or "discount")))
            return null;
        var prices = measures.Where(c => c.Parts().Any(p => p is "price" or "cost" or "fare" or "rate")).ToList();
        var amounts = measures.Where(c => c.Parts().Any(p => p is "quantity" or "qty" or "piece" or "stock" or "hand") || c.BareParts() is ["unit"] or ["unit", "sold"] or ["copy"]).ToList();
        // "The value of the stock" is of what one costs, where both are there.
        if (prices.Count == 2 && prices.Where(c => c.Parts().Contains(isOfCost ? "cost" : "price")).ToList() is [var one])
            prices = [one];
        return prices is [var price] && amounts is [var amount] ? new Expr.Binary('*', new Expr.Of(price), new Expr.Of(amount)) : null;
    }

    private static Expr.Binary? Difference(TableProfile table, Item item)
    {
        if (item.Column is not null)
            return null;
        var measures = table.Columns.Where(c => c.IsMeasure()).ToList();
        return measures.Where(c => c.Parts().Any(p => p is "revenue" or "gross" or "income" or "sale" or "turnover" or "office")).ToList() is [var earned] && measures.Where(c => c != earned && c.Parts().Any(p => p is "cost" or "budget" or "expense" or "spend")).ToList() is [var spent]
            && (UnitWords.Factor(earned, spent.UnitWord() ?? "") is null or 1) ? new Expr.Binary('-', new Expr.Of(earned), new Expr.Of(spent)) : null;
    }
}
