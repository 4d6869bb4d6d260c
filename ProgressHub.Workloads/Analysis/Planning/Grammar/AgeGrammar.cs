using System.Globalization;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>
/// Bands of age as people say them, where one column says how old: the under 18s, over 60s, in their forties, 18 to 25 year olds,
/// between 20 and 30 years old, aged 65 or more.
/// </summary>
internal sealed class AgeGrammar(Sentence sentence, Draft draft, TableColumn age)
{
    private static readonly string[] Decades = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    private static readonly string[] Plurals = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];

    public static void Apply(Sentence sentence, Draft draft)
    {
        if (sentence.Terms.Age is not { } age)
            return;
        var grammar = new AgeGrammar(sentence, draft, age);
        for (var i = 0; i < sentence.Count; i++)
        {
            if (sentence.IsFree(i))
                grammar.Read(i);
        }
    }

    private void Read(int i)
    {
        if (Sign(i) is { } sign && Plural(i + 1) is { } bound)
            Add(sign, bound, null, i, i + 1);
        else if (sentence[i].Stem is "in" && sentence[i + 1].Stem is "their" or "his" or "her" or "our" && Decade(i + 2) is { } decade)
            Add(">=", decade, decade + 9, i, i + 2);
        else if (sentence[i].Stem is "old" or "olds" && sentence[i - 1].Stem is "year")
            Old(i);
    }

    // Back from "years old": between 20 and 30, 20 to 30, over 20, exactly 20.
    private void Old(int i)
    {
        var at = i - 2;
        if (sentence[at].Number is not { } last || !sentence.IsFree(at))
            return;
        if (sentence[at - 1].Lex is Lex.And or Lex.To or Lex.Minus && sentence[at - 2].Number is { } first && first < last)
            Add(">=", first, last, sentence[at - 3].Lex is Lex.Between or Lex.From ? at - 3 : at - 2, i);
        else if (Sign(at - 1) is { } sign)
            Add(sign, last, null, at - 1, i);
        else if (sentence[at - 1].Lex == Lex.Than && Sign(at - 2) is { } than)
            Add(than, last, null, at - 2, i);
        else if (sentence[at - 1].Lex is not (Lex.Not or Lex.Or or Lex.And or Lex.OrMore or Lex.OrLess or Lex.About) && !sentence[i + 1].Stem.StartsWith("or", StringComparison.Ordinal) && sentence.Lex(i + 1) is not (Lex.OrMore or Lex.OrLess))
            Add("=", last, null, at, i);
    }

    private void Add(string sign, double bound, double? upper, int from, int to)
    {
        var isNot = Negation.Of(sentence, draft, from, age);
        for (var k = from; k <= to; k++)
            sentence.Take("bound", k);
        Condition condition = new Condition.Compare(new Expr.Of(age), sign, new Expr.Number(bound));
        if (upper is { } most)
            condition = new Condition.All([condition, new Condition.Compare(new Expr.Of(age), "<=", new Expr.Number(most))]);
        draft.Filters.Add(new FilterPart(condition, age, from, isNot));
    }

    private string? Sign(int i) => !sentence.IsFree(i) ? null : sentence[i].Lex switch
    {
        Lex.Above => ">", Lex.Below => "<", Lex.AtLeast => ">=", Lex.AtMost => "<=", _ => null,
    };

    // "18s", "the over 60s".
    private double? Plural(int i) => sentence.IsFree(i) && sentence[i].Words is [{ Raw: [.., 's' or 'S'] raw }] && int.TryParse(raw.AsSpan(0, raw.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var years) && years < 120 ? years : null;

    private double? Decade(int i)
    {
        if (Plural(i) is { } figures)
            return figures % 10 == 0 && figures >= 10 ? figures : null;
        var word = sentence[i].Words[0];
        var place = Array.FindIndex(Plurals, p => p.Equals(word.Raw, StringComparison.OrdinalIgnoreCase));
        if (place < 0)
            place = Array.IndexOf(Decades, word.Stem);
        return sentence.IsFree(i) && place >= 0 ? (place + 2) * 10 : null;
    }
}
