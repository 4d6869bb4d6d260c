using ProgressHub.Workloads.Analysis.Planning.Grammar;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Reading;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Forms;

/// <summary>A question whose pieces are known, to be made a query of.</summary>
/// <param name="Sentence">The question.</param>
/// <param name="Draft">What its pieces came to.</param>
internal sealed record Form(Sentence Sentence, Draft Draft)
{
    private static readonly Func<Form, Query?>[] Kinds =
    [
        StatisticForms.Correlation, StatisticForms.Volatility, EitherForm.Build, VersusForm.Build, PairForm.Build, UniversalForm.Build, ShareForm.Build, WindowForm.Build, CountForm.Build, TotalForm.Build, NeverForm.Build, NestedForm.Build,
        YesNoForm.Build, RankForm.Build, GroupForm.Build, RowsForm.Build, ValuesForm.Build,
    ];

    /// <summary>Makes measures of what is computed.</summary>
    public Measuring Measuring { get; } = new(Sentence);

    /// <summary>The first piece that is not filling.</summary>
    public Lex Head => Enumerable.Range(0, Sentence.Count).Select(i => Sentence[i]).FirstOrDefault(i => !i.IsFiller || i.Words[0].Stem == "how")?.Lex ?? Lex.None;

    /// <summary>Whether the question wants a yes or a no.</summary>
    public bool IsYesNo => Head is Lex.Is or Lex.Did or Lex.AreThere;

    /// <summary>The time keys there are.</summary>
    public KeyPart? TimeKey => Draft.Keys.Find(k => k.Key.IsTime);

    /// <summary>The query; null where the question comes to none.</summary>
    public Query? Build()
    {
        if (Draft.Facts is { } facts)
            return facts;
        foreach (var kind in Kinds)
        {
            if (kind(this) is { } query)
                return query;
            if (Sentence.Doubt is not null || Sentence.Refusal is not null)
                return null;
        }

        return null;
    }

    /// <summary>All conditions as one; null where there are none.</summary>
    public Condition? Where(params IReadOnlyList<FilterPart> without) => Filtering.Join(Sentence, [.. Draft.Filters.Where(f => !without.Contains(f))]);

    /// <summary>Says that all free pieces with a meaning went into a part of the plan.</summary>
    public void Take(string part, params ReadOnlySpan<Lex> lexes)
    {
        for (var i = 0; i < Sentence.Count; i++)
        {
            // "The starting salary" is a word for another salary.
            if (Sentence.IsFree(i) && lexes.Contains(Sentence[i].Lex) && !(Sentence[i].Lex == Lex.From && Sentence[i].Words[0].Stem is "starting" or "beginning"))
                Sentence.Take(part, i);
        }
    }

    /// <summary>The one measure, or the number of rows where rows are spoken of; null where nothing is measured, or the user is asked.</summary>
    public Output? OneMeasure(Statistic? usual = null)
    {
        if (Draft.Measures.Count > 1 && Draft.Measures.Exists(m => m.Statistic != Draft.Measures[0].Statistic || m.Expression != Draft.Measures[0].Expression))
        {
            Sentence.Refuse($"It names more than one number ({string.Join(", ", Draft.Measures.Select(m => Raw(m.At)).Distinct())}) where one is wanted; ask for each by itself.");
            return null;
        }

        if (Draft.Measures.Count > 0)
            return Measuring.Of(Draft.Measures[0], usual);
        var row = RowNoun();
        if (row < 0)
            return null;
        Sentence.Take("measure", row);
        return Measuring.Of(CountGrammar.Rows(Sentence, row));
    }

    /// <summary>Whether something is to be ranked, and nothing came of it, which is said: without its order the answer is another.</summary>
    public bool IsUnranked()
    {
        if (Draft.Rank is not { } rank)
            return false;
        Sentence.Refuse($"It does not say what '{Raw(rank.At)}' is measured by; name a column of the table.");
        return true;
    }

    /// <summary>Where a free word for the rows stands; -1 where none does.</summary>
    public int RowNoun()
    {
        for (var i = 0; i < Sentence.Count; i++)
        {
            if ((Sentence.IsFree(i) || i == Draft.RowsAt) && (Sentence[i].IsRow || Sentence[i].Lex == Lex.Row))
                return i;
        }

        return -1;
    }

    /// <summary>The step of time that a free piece names; null where none does.</summary>
    public Key? FreeBucket()
    {
        for (var i = 0; i < Sentence.Count; i++)
        {
            if (Sentence.IsFree(i) && Sentence[i].Bucket is not null && KeyGrammar.KeyAt(Sentence, i) is { } key)
            {
                Sentence.Take("key", i);
                return key;
            }
        }

        return null;
    }

    /// <summary>The step that suits the time a table spans, which is said.</summary>
    public Key? UsualBucket(int at)
    {
        if (TimeColumn.Of(Sentence, at) is not { } column)
            return null;
        if (column.IsNumber || column.Type == ColumnType.Text)
            return new Key(column, null);
        var days = TimeColumn.DayOf(column.Min) is { } from && TimeColumn.DayOf(column.Max) is { } to ? to.DayNumber - from.DayNumber : 400;
        var bucket = days switch { <= 92 => Bucket.Day, <= 366 * 6 => Bucket.Month, _ => Bucket.Year };
        Sentence.Notes.Add($"By {bucket.ToString().ToLowerInvariant()}, because of the time the data spans.");
        return new Key(column, bucket);
    }

    /// <summary>The columns of the table that questions are about.</summary>
    public TableProfile Table => Sentence.Terms.Table;

    /// <summary>A piece's words, or the last resort.</summary>
    public string Raw(int at) => Sentence[at] is Item { Raw.Length: > 0 } item ? item.Raw : "?";
}
