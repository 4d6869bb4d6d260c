using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>
/// What a side did that plays at home in some rows and away in others: matches the Otters won, lost or played, goals they scored
/// or conceded, and the matches of two sides against each other.
/// </summary>
internal sealed class SideGrammar(Sentence sentence, Draft draft, (TableColumn Home, TableColumn Away) scores, (TableColumn Home, TableColumn Away) sides)
{
    /// <summary>The columns of who plays at home and who away; null where the table has no such.</summary>
    public static (TableColumn Home, TableColumn Away)? Sides(TableProfile table)
    {
        var texts = table.Columns.Where(c => c.Type == ColumnType.Text && c.Values.Count > 1).ToList();
        return texts.Where(c => c.Parts().Contains("home")).ToList() is [var home] && texts.Where(c => c.Parts().Contains("away")).ToList() is [var away] ? (home, away) : null;
    }

    public void Apply()
    {
        var named = Enumerable.Range(0, sentence.Count).Where(i => sentence.IsFree(i) && Both(i) is not null).ToList();
        if (named.Count == 0 || named.Count > 2 || sentence.Has(Lex.Not) || sentence.Has(Lex.Never))
            return;
        if (named is [var first, var second])
        {
            Against(first, second);
            return;
        }

        var at = named[0];
        var name = Both(at)!.Value;
        var place = Place(at);
        var verb = Enumerable.Range(0, sentence.Count).FirstOrDefault(i => sentence.IsFree(i) && sentence[i].Words is [{ Stem: "win" or "won" or "lose" or "lost" or "draw" or "drew" or "beat" or "beaten" or "played" or "play" or "score" or "scored" or "concede" or "conceded" or "involving" }], -1);
        var stem = verb < 0 ? "" : sentence[verb].Words[0].Stem;
        if (stem is "score" or "scored" or "concede" or "conceded")
            Goals(at, verb, name, place, stem is "concede" or "conceded");
        else if (stem.Length > 0 || IsOf(at))
            Ended(at, verb, name, place, stem);
    }

    // A value of both columns, as each has it.
    private (string Home, string Away)? Both(int i) => sentence[i] is { Lex: Lex.None, Period: null } item
        && item.Values.FirstOrDefault(v => v.Column == sides.Home && v.Likeness == Likeness.Exact) is { } home && item.Values.FirstOrDefault(v => v.Column == sides.Away && v.Likeness == Likeness.Exact) is { } away
        ? (home.Values[0], away.Values[0]) : null;

    // "At home", "away games": the place of the word; null where both count.
    private (int At, bool IsHome)? Place(int at)
    {
        for (var i = 0; i < sentence.Count; i++)
        {
            if (i == at || !sentence.IsFree(i) || sentence[i].Words is not [{ Stem: "home" or "away" } word])
                continue;
            // "Home and away" are all there are.
            if (sentence[i + 1].Lex == Lex.And && sentence[i + 2].Words is [{ Stem: "home" or "away" }])
            {
                sentence.Take("sides", i, i + 1, i + 2);
                return null;
            }

            return (i, word.Stem == "home");
        }

        return null;
    }

    // "Matches of the Otters", "Otters games".
    private bool IsOf(int at) => sentence[at + 1].IsRow || (sentence[sentence.Previous(at)].Lex == Lex.On && sentence[sentence.Previous(sentence.Previous(at))].IsRow);

    private Condition.OneOf Plays(string name, bool isHome) => new Condition.OneOf(isHome ? sides.Home : sides.Away, [name]);

    private Condition.Compare Beats(bool isHome, string sign) => isHome
        ? new Condition.Compare(new Expr.Of(scores.Home), sign, new Expr.Of(scores.Away)) : new Condition.Compare(new Expr.Of(scores.Away), sign, new Expr.Of(scores.Home));

    private void Ended(int at, int verb, (string Home, string Away) name, (int At, bool IsHome)? place, string stem)
    {
        var sign = stem switch { "win" or "won" or "beat" => ">", "lose" or "lost" or "beaten" => "<", "draw" or "drew" => "=", _ => null };
        // Beaten by whom, and whom they beat, is another question.
        if (stem is "beat" or "beaten" && !IsEnd(verb + 1))
            return;
        Condition One(string side, bool isHome) => sign is null ? Plays(side, isHome) : new Condition.All([Plays(side, isHome), Beats(isHome, sign)]);
        Condition condition = place is var (_, isHome) ? One(isHome ? name.Home : name.Away, isHome) : new Condition.Any([One(name.Home, true), One(name.Away, false)]);
        Take(at, verb, place?.At);
        Say(at, $"{(place is var (_, home) ? (home ? sides.Home : sides.Away).Name : $"{sides.Home.Name} or {sides.Away.Name}")} is {name.Home}{(sign is null ? "" : $", and its score {Forms(sign)} the other's")}");
        draft.Filters.Add(new FilterPart(condition, null, at));
    }

    private static string Forms(string sign) => sign switch { ">" => "is above", "<" => "is below", _ => "is" };

    // "How many goals did the Otters score": at home and away together.
    private void Goals(int at, int verb, (string Home, string Away) name, (int At, bool IsHome)? place, bool isOther)
    {
        var goals = Enumerable.Range(0, sentence.Count).FirstOrDefault(i => sentence.IsFree(i) && sentence[i].Words is [{ Stem: "goal" or "point" or "run" }], -1);
        var many = sentence.Find(Lex.HowMany);
        if (goals < 0 || many < 0 || sentence.Has(Lex.Average) || draft.Measures.Count > 0)
            return;
        Measure One(bool isHome) => new Measure.Where(new Measure.Of(Statistic.Sum, new Expr.Of(isHome ^ isOther ? scores.Home : scores.Away)), Plays(isHome ? name.Home : name.Away, isHome));
        Measure measure = place is var (_, isHome) ? One(isHome) : new Measure.Binary('+', One(true), One(false));
        Take(at, verb, place?.At);
        sentence.Take("measure", many, goals);
        Say(at, place is null ? $"{sides.Home.Name} or {sides.Away.Name} is {name.Home}, and the goals of both are added" : $"{(isOther ? "conceded" : "scored")} {(place.Value.IsHome ? "at home" : "away")} by {name.Home}");
        draft.Measures.Add(new MeasurePart(Statistic.Sum, null, goals) { Ready = measure, Name = $"goals {(isOther ? "against" : "of")} {name.Home}" });
    }

    // "Otters against Bears", "between Otters and Bears": whoever is at home.
    private void Against(int first, int second)
    {
        var isPair = Enumerable.Range(first, second - first).Any(i => sentence[i].Lex == Lex.Than || sentence[i].Stem is "against" or "v" or "play" or "played" or "meet" or "met") || sentence[sentence.Previous(first)].Lex == Lex.Between;
        if (!isPair || !Enumerable.Range(0, sentence.Count).Any(i => sentence[i].IsRow || sentence[i].Lex == Lex.HowOften))
            return;
        if (Enumerable.Range(0, sentence.Count).Any(i => sentence.IsFree(i) && sentence[i].Words[0].Stem is "win" or "won" or "lost" or "lose" or "beat" or "drew" or "score" or "scored"))
            return;
        var (a, b) = (Both(first)!.Value, Both(second)!.Value);
        for (var k = first; k <= second; k++)
            sentence.Take("sides", k);
        if (sentence[sentence.Previous(first)].Lex == Lex.Between)
            sentence.Take("sides", sentence.Previous(first));
        Say(first, $"{a.Home} and {b.Home}, whichever is {sides.Home.Name}");
        draft.Filters.Add(new FilterPart(new Condition.Any([new Condition.All([Plays(a.Home, true), Plays(b.Away, false)]), new Condition.All([Plays(b.Home, true), Plays(a.Away, false)])]), null, first));
    }

    private void Take(int at, int verb, int? place)
    {
        sentence.Take("sides", at, verb, place ?? -1);
    }

    private void Say(int at, string words) => sentence.Notes.Add($"'{sentence[at].Raw}' was read as: {words}.");

    private bool IsEnd(int i) => i >= sentence.Count || sentence[i].Words[0].Kind is Language.WordKind.Stop or Language.WordKind.Comma || sentence[i].Lex is Lex.In or Lex.And;
}
