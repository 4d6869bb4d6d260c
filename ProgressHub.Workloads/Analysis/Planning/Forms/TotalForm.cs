using ProgressHub.Workloads.Analysis.Planning.Grammar;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;

namespace ProgressHub.Workloads.Analysis.Planning.Forms;

/// <summary>Values of which all rows together tell: customers who bought in every region, or nothing but chairs.</summary>
internal static class TotalForm
{
    /// <summary>The values; null where the question is no such.</summary>
    public static Query? Build(Form form)
    {
        var (sentence, draft) = (form.Sentence, form.Draft);
        if (draft.KeyOf(KeyRole.Which) is not { } which || draft.Measures.Count > 0 || draft.Having.Count > 0 || draft.Rank is not null)
            return null;
        if (Every(form, which) is { } every)
        {
            sentence.Take("all of them", every.At, sentence.Previous(every.At));
            Take(form);
            var different = new Measure.Of(Statistic.Distinct, new Expr.Of(every.Key.Column));
            return new Query.Aggregate([which.Key], [new Output(Names.Of(different), different)])
            {
                Where = form.Where(), Having = [new GroupBound(different, "=", every.Key.Column.Values.Count)], Ranking = new Ranking(true),
            };
        }

        if (Only(form, which) is not var (at, only))
            return null;
        sentence.Take("only", at);
        Take(form);
        return new Query.Values([which.Key]) { Where = form.Where(), Never = Filtering.Join(sentence, [only with { IsNot = true }, .. draft.Filters.Where(f => f.IsTime)]) };
    }

    /// <summary>Whether the question is such, of values that are listed or counted.</summary>
    public static bool Is(Form form, KeyPart which) => Every(form, which) is not null || Only(form, which) is not null;

    // "In every region", "from all branches", whose values are all known.
    private static KeyPart? Every(Form form, KeyPart which) => form.Draft.Keys.Find(k => k.Key != which.Key && k.Role is KeyRole.Each or KeyRole.Named && k.Key is { Bucket: null, Column.Values.Count: > 1 }
        && form.Sentence[form.Sentence.Previous(k.At)] is { Lex: Lex.All or Lex.Every } or { Stem: "in every" or "of every" or "for every" or "every single" });

    // "Bought only chairs": a value that "only" stands before, and not the list that it opens.
    private static (int At, FilterPart Filter)? Only(Form form, KeyPart which)
    {
        var sentence = form.Sentence;
        for (var i = 2; i < sentence.Count; i++)
        {
            if (sentence.Lex(i) == Lex.Only && i > which.At && form.Draft.Filters.Find(f => f is { IsNot: false, Condition: Condition.OneOf } && f.Column != which.Key.Column && (f.At == sentence.Next(i) || f.At == sentence.Next(sentence.Next(i)))) is { } filter)
                return (i, filter);
        }

        return null;
    }

    private static void Take(Form form)
    {
        if (form.RowNoun() is >= 0 and var row)
            form.Sentence.Take("rows", row);
        form.Take("values", Lex.Who, Lex.That, Lex.AreThere, Lex.Distinct);
    }
}
