using System.Collections.Frozen;
using ProgressHub.Workloads.Analysis.Planning.Grammar;
using ProgressHub.Workloads.Analysis.Planning.Language;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;

namespace ProgressHub.Workloads.Analysis.Planning.Forms;

/// <summary>
/// Words that bear no meaning in most questions, and do in some: <c>sold</c> before a noun, a preposition that nothing follows,
/// <c>all</c> where values are counted. They are told where they do, as the query would be the same without them.
/// </summary>
internal sealed class Leftovers(Sentence sentence, Draft draft, Query query)
{
    // Said of each record there is, so that they tell none apart.
    private static readonly FrozenSet<string> Vacuous = FrozenSet.ToFrozenSet(["recorded", "logged", "listed", "placed", "made"]);
    private static readonly FrozenSet<string> Irregular = FrozenSet.ToFrozenSet(
        ["sold", "spent", "paid", "made", "taken", "given", "sent", "kept", "broken", "split", "found", "bought", "won", "lost", "used", "run", "single", "whole", "selling", "earning", "getting", "coming"]);

    private static readonly FrozenSet<string> Now = FrozenSet.ToFrozenSet(["still", "currently", "now", "already", "yet", "ever"]);

    /// <summary>Whether a word that could be left out bears meaning here.</summary>
    public bool IsLeft(int i) => IsAdjective(i) || IsStranded(i) || IsState(i) || IsOpenQuestion(i) || IsAmount(i) || IsAll(i) || IsParticle(i);

    // "Did everybody pay" is of all, and not of some.
    private bool IsAll(int i) => sentence[i].Stem is "everyone" or "everybody" && query is Query.Aggregate { Outputs: [{ Name: "answer" }, ..] };

    // "Lent out" is what is done in each row; "are out" is where something is.
    private bool IsParticle(int i) => sentence[i] is { Stem: "out", Lex: Lex.Filler } && !(sentence[i - 1] is { Words: [var verb] } && sentence.Terms.IsRowVerb(verb.Stem));

    /// <summary>Words that are in the plan, and not as they are meant.</summary>
    public IEnumerable<string> Misread()
    {
        for (var i = 0; i < sentence.Count; i++)
        {
            if (IsTotality(i))
                yield return sentence[i].Raw;
        }

        // "The receipt numbers of cheques" are no count; and an order of quotients is not the highest of them.
        for (var i = 0; i < sentence.Count; i++)
        {
            var isPlural = sentence[i].Lex == Lex.HowMany && sentence[i].Words[0].Raw.Equals("numbers", StringComparison.OrdinalIgnoreCase);
            var isOrder = sentence[i].Lex == Lex.Rank && query is Query.Aggregate { Outputs: var outputs } && outputs.Any(o => o.Measure is Measure.Of { Statistic: Statistic.Maximum or Statistic.Minimum })
                && draft.Measures.Exists(m => m is { Statistic: null, Expression: Expr.Binary });
            if (!sentence.IsFree(i) && (isPlural || isOrder))
                yield return sentence[i].Raw;
        }

        // "How many customers bought chairs but not tables": of each customer, and not of each row.
        if (query is not (Query.Values or Query.Over { Inner: Query.Values }) && draft.Filters.Find(f => f.IsNot && f.Condition is Condition.OneOf && draft.Filters.Exists(o => !o.IsNot && o.Column == f.Column && o.Condition is Condition.OneOf)) is { } barred)
            yield return sentence[barred.At].Raw;

        // "How many entries on a free day": a number beside a count, that no word joins to it, is no second answer.
        if (draft.Measures is [{ Counts: true } count, .. var more] && more.Find(m => m is { Statistic: null, Ready: null } && m.At > count.At && !Enumerable.Range(count.At, m.At - count.At).Any(k => sentence[k].Lex is Lex.And or Lex.Than || sentence[k].Words[0].Kind == WordKind.Comma)) is { } bare)
            yield return sentence[bare.At].Raw;

        // "How many are paid, and how many of those are late" are two questions.
        var counts = Enumerable.Range(0, sentence.Count).Where(i => sentence[i].Lex == Lex.HowMany && !sentence.IsFree(i)).ToList();
        if (counts is [var first, .., var second] && draft.Filters.Exists(f => f.At > first && f.At < second))
            yield return sentence[second].Raw;
    }

    /// <summary>Whether a piece is a form of a verb that can stand before a noun: paid, sold, delayed.</summary>
    private bool IsParticiple(int i) => sentence[i] is { Words: [{ Kind: WordKind.Word } word] } item && item.Lex is Lex.Filler or Lex.Verb or Lex.None
        && (word.Raw.EndsWith("ed", StringComparison.OrdinalIgnoreCase) || Irregular.Contains(word.Stem)) && !Vacuous.Contains(word.Stem);

    // "Paid orders", "sold houses" where no column says so; "customers bought chairs" is a verb.
    private bool IsAdjective(int i)
    {
        // "The most requested paths": of which most rows are.
        if (sentence[i - 1].Lex is Lex.Common or Lex.Rare || !IsParticiple(i) || !IsNoun(i + 1) || sentence[i].Column is { Likeness: <= Likeness.Part })
            return false;
        // "A single order" is one and no more; "the single largest" is the largest.
        if (sentence[i].Words[0].Stem is "single" or "whole" && (draft.Rank is not null || sentence[i - 1].Stem == "the" || (sentence[i].Words[0].Stem == "whole" && sentence[i - 1].Stem == "a")))
            return false;
        var before = sentence[i - 1];
        return !(before.Lex is Lex.Is or Lex.Did or Lex.Who or Lex.Which or Lex.Where or Lex.When or Lex.That or Lex.To || before.IsRow || before.Column is not null
            || (before.Values.Count > 0 && !sentence.IsFree(i - 1)) || before.Stem is "they" or "we" or "i" or "you" or "it" or "he" or "she" or "that" or "how");
    }

    private bool IsNoun(int i) => sentence[i] is var item && (item.IsRow || item.Lex == Lex.Row || item.ColumnsWhere(c => c.IsCategory()).Count > 0 && item.Lex == Lex.None);

    // "What did they pay for": only a question for what follows it can end with a preposition.
    private bool IsStranded(int i)
    {
        if (sentence[i].Lex is not (Lex.On or Lex.From or Lex.To or Lex.In or Lex.By or Lex.About))
            return false;
        var next = i + 1;
        if (next < sentence.Count && sentence[next].Words[0].Kind is not (WordKind.Stop or WordKind.Comma) && sentence[next].Lex is not (Lex.And or Lex.Or or Lex.Is))
            return false;
        return draft.KeyOf(KeyRole.Which) is null && !(sentence[i].Stem == "on" && sentence[i - 1].Period is not null) && sentence[i - 1].Lex is not (Lex.Which or Lex.What);
    }

    // "The cost of the surgeries", where nothing says what they cost.
    private bool IsAmount(int i)
    {
        if (sentence[i] is not { Lex: Lex.Filler, Words: [{ Stem: "cost" or "pay" or "spend" or "score" or "value" or "amount" or "level" or "figure" or "result" }] } || draft.Measures.Exists(m => m.Expression is not null))
            return false;
        return sentence[i + 1].Stem is "of" or "for" or "per" || sentence[i - 1].Stem is "the" or "a" or "their" or "its" || i == 0;
    }

    // "How many work here now": those who have not left, where the table knows who has.
    private bool IsState(int i)
    {
        if (!Now.Contains(sentence[i].Stem))
            return false;
        bool IsEnd(Tables.TableColumn column) => column.IsTime && column.Empty > 0 && TimeColumn.IsEnding(column);
        return sentence.Terms.Table.Columns.Any(c => IsEnd(c) && !draft.Filters.Exists(f => f.Column == c))
            && !draft.Filters.Exists(f => f.At == i + 1 || f.At == sentence.Next(i));
    }

    // "What did they buy", "how did it go": what is asked for is not there.
    private bool IsOpenQuestion(int i) => query is Query.Rows { By: null } or Query.Values && sentence.Previous(i) < 0 && draft.Attributes.Count == 0
        && (sentence[i].Stem == "how" || (sentence[i].Lex == Lex.What && sentence[sentence.Next(i)].Lex == Lex.Did));

    // "How many customers bought in all stores", "bought both": of each customer, and not of each row.
    private bool IsTotality(int i)
    {
        if (sentence[i].Lex is not (Lex.All or Lex.Every or Lex.Each or Lex.Both or Lex.Only) || sentence[i].Stem.Contains(' ', StringComparison.Ordinal))
            return false;
        var isOfValues = query is Query.Values { AllOf.Count: 0 } || draft.Measures.Exists(m => m.Statistic == Statistic.Distinct);
        if (!isOfValues || sentence.PartOf(i) is "key" or "all of them" or "only")
            return false;
        var before = sentence.Previous(i);
        var opens = before < 0 || sentence[before].Lex is Lex.List or Lex.Which or Lex.What or Lex.AreThere or Lex.HowMany || sentence[i].Lex == Lex.Only && before <= 1;
        return !opens && (sentence[i].Lex is Lex.Both or Lex.Only ? draft.Filters.Count > 0 : IsNoun(sentence.Next(i)) || sentence[sentence.Next(i)].IsRow);
    }
}
