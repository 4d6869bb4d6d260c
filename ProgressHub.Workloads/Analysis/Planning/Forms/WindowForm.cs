using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Forms;

/// <summary>What runs along the time: growth against the period before, running totals.</summary>
internal static class WindowForm
{
    public static Query? Build(Form form)
    {
        var (sentence, draft) = (form.Sentence, form.Draft);
        var isRunning = sentence.Has(Lex.Running);
        var isGrowth = !isRunning && (sentence.Has(Lex.Growth) || (sentence.Has(Lex.Previous) && (sentence.Has(Lex.Rise) || sentence.Has(Lex.Fall))) || ((sentence.Has(Lex.Rise) || sentence.Has(Lex.Fall)) && form.TimeKey is not null && sentence.Has(Lex.Share)));
        if (!isRunning && !isGrowth)
            return null;
        var at = isRunning ? sentence.Find(Lex.Running) : sentence.Find(Lex.Growth);
        var key = form.Draft.Keys.Find(k => k.Key.IsInTime)?.Key ?? form.FreeBucket() ?? Enumerable.Range(0, sentence.Count).Where(i => sentence[i].Lex == Lex.Growth).Select(i => Said(form, i)).FirstOrDefault(k => k is not null) ?? Own(form, at);
        if (key is null || draft.Rank is not null)
        {
            sentence.Refuse(isRunning ? "A running total needs a step of time, such as by month." : "It does not say from when to when, or by which step of time, it changed.");
            return null;
        }

        if (form.OneMeasure(isRunning ? Statistic.Sum : null) is not { } output)
            return null;
        if (isRunning && !output.Measure.AddsUp)
        {
            sentence.Refuse("A running total is of something that adds up.");
            return null;
        }

        form.Take("window", Lex.Running, Lex.Sum, Lex.Trend, Lex.From, Lex.To);
        if (isGrowth)
            form.Take("window", Lex.Growth, Lex.Previous, Lex.Rise, Lex.Fall, Lex.Share);
        return new Query.Aggregate([key, .. draft.Keys.Select(k => k.Key).Where(k => k != key)], [output])
        {
            Where = form.Where(), Window = isRunning ? Window.Running : Window.Growth,
        };
    }

    // Months that are texts are the steps there are.
    private static Key? Own(Form form, int at) => Grammar.TimeColumn.Of(form.Sentence, at) is { Type: ColumnType.Text } column ? new Key(column, null) : null;

    // "Month over month", "yoy".
    private static Key? Said(Form form, int at)
    {
        var word = form.Sentence[at].Stem;
        Bucket? bucket = word.StartsWith("month", StringComparison.Ordinal) || word == "mom" ? Bucket.Month
            : word.StartsWith("year", StringComparison.Ordinal) || word == "yoy" ? Bucket.Year
            : word.StartsWith("quarter", StringComparison.Ordinal) ? Bucket.Quarter : word.StartsWith("week", StringComparison.Ordinal) ? Bucket.Week : null;
        if (bucket is null || Grammar.TimeColumn.Of(form.Sentence, at) is not { IsNumber: false } column)
            return null;
        return column.Type == ColumnType.Text ? Grammar.KeyGrammar.OfPeriods(column, bucket.Value) : new Key(column, bucket);
    }
}
