using ProgressHub.Workloads.Analysis.Planning.Forms;
using ProgressHub.Workloads.Analysis.Planning.Grammar;
using ProgressHub.Workloads.Analysis.Planning.Language;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Reading;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning;

/// <summary>
/// Turns questions in English (and the common Chinese words) into queries by a grammar over the table's own columns and
/// values. Every word that bears meaning goes into the plan; otherwise there is none. Pure: the same question, table and
/// choices give the same outcome.
/// </summary>
internal static class RulesPlanner
{
    private const int MostRounds = 3;

    private static readonly Action<Sentence, Draft>[] Grammars =
    [
        FactsGrammar.Apply, PeriodGrammar.Apply, MissingGrammar.Apply, AgeGrammar.Apply, ExtremeGrammar.Apply, MatchGrammar.Apply, WorthGrammar.Filter, ComparisonGrammar.Apply, ValueGrammar.Apply, FlagGrammar.Apply, PunctualityGrammar.Apply, EventGrammar.Apply, TextGrammar.Apply,
        BracketGrammar.Apply, SuperlativeGrammar.Apply, KeyGrammar.Apply, TargetGrammar.Apply, CountGrammar.Apply, AggregateGrammar.Apply, PlainGrammar.Apply, CodeGrammar.Apply, EqualGrammar.Apply, ShareParts.Apply, TargetGrammar.Rest, BracketGrammar.Rest, UnitAsked.Apply,
    ];

    /// <summary>Plans a question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="table">What it is about.</param>
    /// <param name="choices">What the user has said of unclear words before: a term and what it means.</param>
    public static PlanOutcome Plan(string question, TableProfile table, IReadOnlyDictionary<string, string> choices)
    {
        var terms = TableTerms.Of(table);
        var (items, notes) = ItemReader.Read(terms, QuestionWords.Words(Chinese.ToEnglish(question, TableTerms.Own(table))));
        (items, var grounded) = Grounding.Read(terms, items);
        List<string> said = [.. notes, .. grounded];
        for (var round = 0; ; round++)
        {
            var (outcome, redundant) = Plan(terms, items, said, choices);
            if (redundant.Count == 0 || round == MostRounds)
                return outcome;
            items = [.. items.Select(i => redundant.Where(r => ReferenceEquals(r.Words, i.Words)).Select(r => r.Item).FirstOrDefault(i))];
            said.AddRange(redundant.Select(r => r.Note));
        }
    }

    // What comes of the pieces; and how those that no part of the plan has can be read instead, where all of them can.
    private static (PlanOutcome Outcome, IReadOnlyList<(IReadOnlyList<Word> Words, Item Item, string Note)> Redundant) Plan(TableTerms terms, List<Item> items, List<string> said, IReadOnlyDictionary<string, string> choices)
    {
        var table = terms.Table;
        var sentence = new Sentence(terms, items, choices);
        var draft = new Draft();
        RoleGrammar.Apply(sentence);
        WholeGrammar.Apply(sentence);
        WorthGrammar.Apply(sentence);
        FormulaGrammar.Apply(sentence);
        SpanGrammar.Apply(sentence, draft);
        foreach (var grammar in Grammars)
        {
            grammar(sentence, draft);
            if (sentence.Doubt is not null)
                break;
        }

        if (Unknown(sentence, draft) is { Count: > 0 } unknown)
            return (new PlanOutcome.NotUnderstood(PlannerHelp.Left([.. unknown.Select(i => sentence[i].Raw)], table)), Redundant.Of(sentence, draft, unknown));
        var query = sentence.Doubt is null && sentence.Refusal is null ? new Form(sentence, draft).Build() : null;
        if (query is null && sentence is { Doubt: { } asked, Refusal: null })
            return (asked, []);
        if (query is null || sentence.Refusal is not null)
            return (new PlanOutcome.NotUnderstood(PlannerHelp.For(table, sentence.Refusal)), []);
        IReadOnlyList<string> lost = [.. Coverage.Misread(sentence, draft, query), .. Coverage.Lost(sentence, draft, query)];
        var left = Coverage.Left(sentence, draft, query);
        if (left.Count + lost.Count > 0)
            return (new PlanOutcome.NotUnderstood(PlannerHelp.Left([.. left.Select(i => sentence[i].Raw), .. lost], table)), lost.Count > 0 ? [] : Redundant.Of(sentence, draft, left));
        return (Checked(terms, items, said, sentence, query), []);
    }

    private static PlanOutcome Checked(TableTerms terms, List<Item> items, List<string> said, Sentence sentence, Query query)
    {
        var plan = PlanShape.Of(query, terms.Table);
        if (query is not Query.Facts && Witness.Unseen(sentence, plan.Sql).Distinct().ToList() is { Count: > 0 } unseen)
            return new PlanOutcome.NotUnderstood(PlannerHelp.Left(unseen, terms.Table));
        if (terms.Owner is { } owner && Enumerable.Range(0, sentence.Count).Any(i => sentence[i].IsRow && sentence[i].Stem == owner))
            sentence.Notes.Add($"No column tells one {owner} from another; each row counts as one.");
        foreach (var key in (query as Query.Aggregate)?.Keys.Where(k => k.Column.Empty > 0) ?? [])
            sentence.Notes.Add($"Rows without {key.Column.Name} ({key.Column.Empty}) are in no group.");
        foreach (var item in items.Where(i => i.Words is [_]))
        {
            if (terms.AlsoCalled(item.Stem).Intersect(Contents.Of(query)).ToList() is { Count: > 0 } meant)
                sentence.Notes.Add($"'{item.Raw}' was read by its meaning as the column {string.Join(" and ", meant.Select(c => c.Name))}.");
        }

        return new PlanOutcome.Ready(plan with { Assumptions = [.. said, .. sentence.Notes.Distinct()], Choices = sentence.Used });
    }

    // Words without any meaning here: nothing is asked or answered before they are told.
    private static List<int> Unknown(Sentence sentence, Draft draft) =>
        [.. Enumerable.Range(0, sentence.Count).Where(i => sentence.IsFree(i) && sentence[i].IsUnknown && sentence[i].Comparative is null && !IsOfName(sentence[i], draft) && !UnitsSaid.Has(sentence, draft, i))];

    // "Cleared by customs", of customs_cleared.
    private static bool IsOfName(Item item, Draft draft) => item.Words is [var word] && draft.Filters.Exists(f => f.Column is { } column && column.Parts().Contains(word.Stem));
}
