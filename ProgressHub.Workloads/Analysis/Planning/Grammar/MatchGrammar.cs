using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>
/// How a match ended, where two columns say what each side scored: draws, home wins, 2-1, goalless, the away team scored more;
/// and how it ended for one side, which plays at home in some rows and away in others.
/// </summary>
internal sealed class MatchGrammar(Sentence sentence, Draft draft, TableColumn home, TableColumn away)
{
    private readonly Expr _home = new Expr.Of(home);
    private readonly Expr _away = new Expr.Of(away);

    public static void Apply(Sentence sentence, Draft draft)
    {
        if (Scores(sentence.Terms.Table) is not var (home, away))
            return;
        var grammar = new MatchGrammar(sentence, draft, home, away);
        for (var i = 0; i < sentence.Count; i++)
        {
            if (sentence.IsFree(i))
                grammar.Read(i);
        }

        if (SideGrammar.Sides(sentence.Terms.Table) is var (host, guest))
            new SideGrammar(sentence, draft, (home, away), (host, guest)).Apply();
    }

    /// <summary>What the home side scored and what the away side did; of several pairs the one of the whole match. Null where the table has none.</summary>
    public static (TableColumn Home, TableColumn Away)? Scores(TableProfile table)
    {
        var scores = table.Columns.Where(c => c.IsMeasure() && c.Parts().Any(p => p is "goal" or "score" or "point" or "run")).ToList();
        var pairs = scores.Where(c => c.Parts().Contains("home")).SelectMany(h => scores.Where(a => a.Parts().Select(p => p == "away" ? "home" : p).SequenceEqual(h.Parts()) && a != h).Select(a => (Home: h, Away: a)))
            .OrderBy(p => p.Home.Parts().Count).ToList();
        return pairs.Count == 1 || (pairs.Count > 1 && pairs[0].Home.Parts().Count < pairs[1].Home.Parts().Count) ? pairs[0] : null;
    }

    private void Read(int i)
    {
        if (sentence[i] is { Number: { } first } && sentence.Lex(i + 1) == Lex.Minus && sentence[i + 2] is { Number: { } second } && sentence.IsFree(i + 2) && sentence[i - 1].Lex is not (Lex.Between or Lex.From))
        {
            Add(new Condition.All([Compare(_home, "=", new Expr.Number(first)), Compare(_away, "=", new Expr.Number(second))]), i, i + 2, $"{home.Name} is {first} and {away.Name} is {second}");
            return;
        }

        var stem = sentence[i].Words[0].Stem;
        if (sentence[i].Words.Count == 1 && stem is "goalless" or "scoreless")
        {
            var draws = IsDraw(i + 1) ? i + 1 : i;
            Add(new Condition.All([Compare(_home, "=", new Expr.Number(0)), Compare(_away, "=", new Expr.Number(0))]), i, draws, $"{home.Name} and {away.Name} are 0");
        }
        else if (IsDraw(i))
        {
            Add(Compare(_home, "=", _away), i, i, $"{home.Name} is {away.Name}");
        }
        else if (stem is "win" or "won" or "lose" or "lost" && sentence[i].Values.Count == 0 && At(i) is { } isAtHome)
        {
            var isOver = isAtHome ^ (stem is "lose" or "lost");
            Add(isOver ? Compare(_home, ">", _away) : Compare(_away, ">", _home), i, i, $"{(isOver ? home : away).Name} is above {(isOver ? away : home).Name}");
        }
        else if (stem is "home" or "away" && Won(i) is var (end, isLost))
        {
            var isHome = (stem == "home") ^ isLost;
            Add(isHome ? Compare(_home, ">", _away) : Compare(_away, ">", _home), i, end, $"{(isHome ? home : away).Name} is above {(isHome ? away : home).Name}");
        }
    }

    // "Draws", "ended in a draw", "were drawn"; "drew the largest crowd" is something else.
    private bool IsDraw(int i) => sentence.IsFree(i) && sentence[i].Values.Count == 0 && sentence[i].Words is [{ Raw: var raw }] && raw.ToLowerInvariant() switch
    {
        "draws" or "draw" => sentence[i - 1].Lex is Lex.HowMany or Lex.On or Lex.List || sentence[i - 1].Stem is "a" or "an" or "the" or "goalless" or "scoreless" or "all" or "of" or "" or "in" || IsEnd(i + 1),
        "drawn" or "tied" => sentence[i - 1].Lex is Lex.Is or Lex.Did or Lex.HowMany || sentence[i - 1].Stem is "end" or "ended" or "finished" || sentence[i + 1].IsRow,
        "tie" or "ties" => sentence[i - 1].Lex is Lex.HowMany || sentence[i - 1].Stem is "a" or "in",
        "level" => sentence[i - 1].Stem is "ended" or "finished",
        _ => false,
    };

    // "Won the most home games".
    private bool? At(int i)
    {
        for (var k = i + 1; k < i + 5; k++)
        {
            if (sentence[k].Words is [{ Stem: "home" or "away" } word] && sentence[k + 1].IsRow)
                return word.Stem == "home";
            if (!(sentence[k].IsFiller || sentence[k].Lex is Lex.Most or Lex.Least))
                return null;
        }

        return null;
    }

    // "Home wins", "the away team won", "the away side scored more (goals than the home team)": its last piece.
    private (int End, bool IsLost)? Won(int i)
    {
        var at = i + 1;
        while (sentence[at].Stem is "team" or "side" or "club" or "the" or "a" || sentence[at].Lex is Lex.Did or Lex.Is)
            at++;
        var verb = sentence[at].Words[0].Stem;
        if (!sentence.IsFree(at) || sentence[at].Values.Count > 0)
            return null;
        if (verb is "win" or "won" or "victory" or "winning")
            return (at, false);
        if (verb is "lose" or "lost" or "loss" or "defeat" or "losse")
            return (at, true);
        var more = at + 1;
        while (sentence[more].Stem is "the")
            more++;
        if (verb is not ("score" or "scored" or "got" or "had") || sentence[more].Stem is not ("more" or "fewer" or "less"))
            return verb is "outscored" or "beat" && Opponent(at + 1) is >= 0 and var other ? (other, false) : null;
        var end = more;
        if (sentence[end + 1].Stem is "goal" or "point" or "run")
            end++;
        if (sentence[end + 1].Lex == Lex.Than)
        {
            if (Opponent(end + 2) is not (>= 0 and var last))
                return null;
            end = last;
        }
        else if (!IsEnd(end + 1))
        {
            return null;
        }

        return (end, sentence[more].Stem != "more");
    }

    // "The home side", where they beat somebody.
    private int Opponent(int i)
    {
        while (sentence[i].Stem is "the")
            i++;
        if (sentence[i].Words[0].Stem is not ("home" or "away" or "host" or "guest" or "visitor" or "opponent"))
            return -1;
        var end = sentence[i + 1].Stem is "team" or "side" or "one" or "did" ? i + 1 : i;
        return IsEnd(end + 1) ? end : -1;
    }

    private bool IsEnd(int i) => i >= sentence.Count || sentence[i].Words[0].Kind is Language.WordKind.Stop or Language.WordKind.Comma || sentence[i].Lex is Lex.In or Lex.AreThere or Lex.Is or Lex.And or Lex.On or Lex.Each or Lex.By;

    private void Add(Condition condition, int from, int to, string words)
    {
        var isNot = Negation.Of(sentence, draft, from, null);
        for (var k = from; k <= to; k++)
            sentence.Take("outcome", k);
        // "Ended in a draw", "finished 2-1".
        var verb = from - 1;
        while (sentence[verb].Stem is "in" or "a" or "the" or "level" or "with" or "as" && verb > 0)
            verb--;
        if (sentence.IsFree(verb) && sentence[verb].Stem is "end" or "ended" or "ending" or "finish" or "finished" or "result" or "resulted" or "ended up")
            sentence.Take("outcome", verb);
        sentence.Notes.Add($"'{string.Join(' ', Enumerable.Range(from, to + 1 - from).Select(k => sentence[k].Raw))}' was read as: {words}.");
        draft.Filters.Add(new FilterPart(condition, null, from, isNot));
    }

    private static Condition.Compare Compare(Expr left, string sign, Expr right) => new(left, sign, right);
}
