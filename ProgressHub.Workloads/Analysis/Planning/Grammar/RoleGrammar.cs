using ProgressHub.Workloads.Analysis.Planning.Terms;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>
/// A word for one of two roles, which may stand apart from what it is of: goals scored at home, the teams with the most away
/// wins. Teams and goals are then those of that role.
/// </summary>
internal static class RoleGrammar
{
    public static void Apply(Sentence sentence)
    {
        if (SideGrammar.Sides(sentence.Terms.Table) is not var (home, away) || MatchGrammar.Scores(sentence.Terms.Table) is not var (scored, conceded))
            return;
        var roles = Enumerable.Range(0, sentence.Count).Where(i => sentence[i].Words[0].Stem is "home" or "away").ToList();
        if (roles is not [var role] || sentence[role].Words.Count > 1 || sentence[role + 1].Words is [{ Stem: "team" or "side" }])
            return;
        var isHome = sentence[role].Stem == "home";
        var isOf = false;
        for (var i = 0; i < sentence.Count; i++)
        {
            var column = sentence[i].Words is not [{ Stem: var stem }] || sentence[i].Values.Count > 0 ? null
                : stem is "goal" ? (isHome ? scored : conceded) : stem is "team" or "side" or "club" ? (isHome ? home : away) : null;
            if (column is null)
                continue;
            sentence.Merge(i, i + 1, sentence[i] with { Column = new ColumnSense([column], Likeness.Part) });
            isOf = true;
        }

        // "At home" and "home" say no more than that, unless somebody won there.
        if (!isOf || sentence[role + 1].Words[0].Stem is "win" or "won" or "victory" or "loss" or "defeat")
            return;
        sentence.Merge(role, role + 1, sentence[role] with { Column = null, Values = [], Lex = Lex.Filler });
        sentence.Take("role", role);
        sentence.Notes.Add($"'{sentence[role].Raw}' was read as: of {(isHome ? home : away).Name}.");
    }
}
