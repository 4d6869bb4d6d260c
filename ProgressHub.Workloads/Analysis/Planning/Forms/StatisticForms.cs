using ProgressHub.Workloads.Analysis.Planning.Grammar;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Forms;

/// <summary>Correlation of two numbers, and volatility of prices.</summary>
internal static class StatisticForms
{
    public static Query? Correlation(Form form)
    {
        var sentence = form.Sentence;
        if (!sentence.Has(Lex.Correlation) && !sentence.Has(Lex.Related))
            return null;
        if (form.Draft.Measures is not [{ Expression: { } left, Statistic: null }, { Expression: { } right, Statistic: null }])
        {
            sentence.Refuse("A correlation is of two columns with numbers.");
            return null;
        }

        form.Take("correlation", Lex.Correlation, Lex.Related, Lex.Between, Lex.And, Lex.AreThere);
        var keys = form.Draft.Keys.Select(k => k.Key).ToList();
        var pairs = new Condition.All([.. new[] { left, right }.SelectMany(e => e.Columns).Distinct().Select(c => new Condition.Not(new Condition.Empty(c)))]);
        Output[] outputs =
        [
            new("correlation", new Measure.Correlation(left, right)),
            new("slope", new Measure.Slope(left, right)),
            new("rows", new Measure.Where(new Measure.Rows(), pairs)),
        ];
        return new Query.Aggregate(keys, outputs) { Where = form.Where(), Ranking = keys.Count > 0 ? new Ranking(true) : null };
    }

    public static Query? Volatility(Form form)
    {
        var (sentence, draft) = (form.Sentence, form.Draft);
        if (!sentence.Has(Lex.Volatility))
            return null;
        var time = TimeColumn.Of(sentence, sentence.Find(Lex.Volatility));
        if (time is null || Price(form) is not { } price)
        {
            sentence.Refuse("Volatility needs a price and a date.");
            return null;
        }

        form.Take("volatility", Lex.Volatility);
        var group = draft.Keys.Find(k => k.Key.Bucket is null)?.Key.Column;
        var texts = form.Table.Columns.Where(c => c.Type == ColumnType.Text && c.Values.Count != 1).ToList();
        // Rows of one moment that are of different things have no return between them.
        var instrument = texts.Find(c => c.Parts().Any(Synonyms.Of("stock").Contains)) ?? (group is { Type: ColumnType.Text } ? group : texts.Count == 1 ? texts[0] : null);
        return new Query.Volatility(price, time, instrument, group ?? instrument, draft.Rank is { } rank ? new Ranking(rank.Descending, rank.Limit) : null) { Where = form.Where() };
    }

    // What prices stand in: what the question names, else the close, else the price, else the only number.
    private static TableColumn? Price(Form form)
    {
        if (form.Draft.Measures is [{ Expression: Expr.Of { Column: var named } }, ..])
            return named;
        var numbers = form.Table.Columns.Where(c => c.IsMeasure()).ToList();
        TableColumn? Named(string part) => numbers.Find(c => c.Parts() is [var only] && only == part) ?? numbers.Find(c => c.Parts().Contains(part));
        if ((Named("close") ?? Named("price")) is { } usual)
            return usual;
        return numbers.Count == 0 ? null : form.Sentence.Choose(form.Sentence.Find(Lex.Volatility), numbers, "Of which column is the volatility meant?");
    }
}
