using ProgressHub.Workloads.Analysis.Planning.Terms;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>Bounds of what part of each group's rows something is: departments where more than 10 percent of the staff have a car.</summary>
internal static class ShareBounds
{
    /// <summary>Takes a bound in percent of the rows of each group; what makes the part is known later. Whether it is one.</summary>
    public static bool Take(Sentence sentence, Draft draft, Bound bound)
    {
        // "10 percent of" is one piece.
        var percent = sentence[bound.End].Lex == Lex.Share ? bound.End : bound.End + 1;
        var isPercent = sentence[percent] is { Lex: Lex.Share, Stem: "percent" or "percent of" or "per cent" or "per cent of" or "pct" or "%" };
        if (!(bound.IsPercent || isPercent) || draft.Share is not null || bound is not { Beside: null, Column: null, Adjective: null } || !new GroupBounds(sentence, draft).Is)
            return false;
        var of = !isPercent ? sentence.Next(bound.End) : sentence[percent].Stem.EndsWith(" of", StringComparison.Ordinal) ? percent : sentence.Next(percent);
        var noun = sentence.Next(of);
        while (sentence[noun].Lex is Lex.All || sentence[noun] is { Lex: Lex.Filler, IsRow: false, Column: null } && noun < sentence.Count)
            noun = sentence.Next(noun);
        if (!(of == percent || sentence[of].Stem == "of") || !(sentence[noun].IsRow || sentence[noun].Lex == Lex.Row) || !sentence.IsFree(noun))
            return false;
        for (var k = bound.At; k <= noun; k++)
            sentence.Take("share", k);
        draft.Share = (bound, noun);
        return true;
    }
}
