using System.Collections.Frozen;
using System.Globalization;
using ProgressHub.Workloads.Analysis.Planning.Language;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>Which of a table's columns a question's times are about.</summary>
internal static class TimeColumn
{
    private const int Near = 3;
    private static readonly FrozenSet<string> Generic = FrozenSet.ToFrozenSet(["date", "time", "day", "year", "month", "at", "on", "in"]);
    private static readonly FrozenSet<string> Births = FrozenSet.ToFrozenSet(["birth", "born", "birthday", "birthdate", "dob"]);
    private static readonly FrozenSet<string> Beginnings = FrozenSet.ToFrozenSet(
        ["opened", "open", "created", "create", "start", "started", "begin", "began", "submitted", "reported", "order", "ordered", "placed", "booked", "admitted", "admission", "listed", "dispatched", "applied", "requested", "registered", "received", "hire", "hired", "joined", "enrolled", "borrowed", "issued", "rented", "sold", "invoiced", "commissioned", "built", "founded", "published", "signed", "loaded", "departed", "departure", "departs", "pickup", "collected"]);

    private static readonly FrozenSet<string> Endings = FrozenSet.ToFrozenSet(
        ["end", "ended", "due", "deadline", "expiry", "expires", "expired", "return", "returned", "close", "closed", "ship", "shipped", "delivery", "delivered", "discharge", "discharged", "resolved", "finished", "completed", "adopted", "released", "decided", "decision", "granted",
            "retired", "decommissioned", "dissolved", "demolished", "scrapped", "shut", "left", "cancelled", "canceled", "terminated", "stopped", "update", "updated", "modified", "changed", "paid", "last", "inspected", "checked", "serviced", "seen", "arrived", "arrival", "arrives", "unloaded", "dropoff"]);

    /// <summary>The column: the one that is named beside the time, else the one that the question speaks of, else the only one.</summary>
    /// <param name="sentence">The question.</param>
    /// <param name="at">Where the time stands.</param>
    public static TableColumn? Of(Sentence sentence, int at)
    {
        var times = sentence.Terms.Table.Columns.Where(c => c.IsTime).ToList();
        var years = sentence.Terms.Table.Columns.Where(c => c.IsCalendarNumber() && (c.Parts().Contains("year") || c.IsYears())).ToList();
        if (times.Count == 0 && years.Count < 2)
            return years.FirstOrDefault() ?? (sentence.Terms.Table.Columns.Where(c => c.IsPeriods()).ToList() is [var periods] ? periods : null);
        if (Beside(sentence, at) is { } named)
            return named;
        if (times.Count == 1 && years.Count == 0)
            return times[0];
        List<TableColumn> all = [.. times, .. years.Where(y => y.Parts() is not ["year"] || times.Count == 0)];
        if ((SpokenOf(sentence, all, Enumerable.Range(at - Near, (2 * Near) + 1)) ?? SpokenOf(sentence, all, Enumerable.Range(0, sentence.Count))) is { } spoken)
            return spoken;
        if (ValueSpokenOf(sentence, times) is { } state)
            return state;
        const string term = "date";
        if (sentence.Choice(term) is { } chosen && all.Find(c => c.Name == chosen) is { } column)
            return column;
        if (Usual(sentence, times) is { } usual)
            return usual;
        sentence.Ask(term, "Which date is meant?", all.Select(c => c.Name));
        return null;
    }

    /// <summary>Whether a time is one at which something began: opened, ordered, admitted.</summary>
    public static bool IsBeginning(TableColumn column) => column.Parts().Any(Beginnings.Contains);

    /// <summary>Whether a time is one at which something ended: left, returned, closed.</summary>
    public static bool IsEnding(TableColumn column) => column.Parts().Any(Endings.Contains);

    // What rows of orders, visits and tickets are of the time of, unless another is named: when they began, or came to be.
    private static TableColumn? Usual(Sentence sentence, List<TableColumn> times)
    {
        var events = times.Where(c => !c.Parts().Any(Births.Contains)).ToList();
        if (events.Count == 0)
            return null;
        var usual = events.Count == 1 ? events[0] : Only(events.Where(c => c.Parts().Any(sentence.Terms.IsRowNoun))) ?? Only(events.Where(c => c.Parts().Any(Beginnings.Contains))) ?? Only(events.Where(c => !c.Parts().Any(Endings.Contains)));
        // What is booked ahead is of the day it is booked for, unless the question speaks of bookings.
        if (usual is not null && usual.Parts().Any(p => p is "booked" or "booking" or "reserved" or "reservation") && !Enumerable.Range(0, sentence.Count).Any(i => sentence[i].IsRow))
            usual = Only(events.Where(c => c != usual && c.Empty == 0 && !IsEnding(c))) ?? usual;
        // Nothing tells them apart: the date that every row has is the row's own, and the first of these.
        usual ??= events.Find(c => c.Parts() is ["date"]) ?? events.Find(c => c.Empty == 0 && !IsEnding(c) && !Spans.IsPlanned(c)) ?? Only(events.Where(c => c.Empty == 0 && !Spans.IsPlanned(c)));
        if (usual is not null)
            sentence.Notes.Add($"Times are those of {usual.Name}; name another for another: {string.Join(", ", times.Where(c => c != usual).Select(c => c.Name))}.");
        return usual;
    }

    // "Adopted in 2025": the outcome that it is has its own date, outcome_date; "came in as strays", of the intake's reason, that of the intake.
    private static TableColumn? ValueSpokenOf(Sentence sentence, List<TableColumn> times)
    {
        var spoken = Enumerable.Range(0, sentence.Count).SelectMany(i => sentence[i].Values.Where(v => v.Likeness <= Likeness.Part).SelectMany(v => v.Column.Parts()))
            .Where(p => !Generic.Contains(p)).ToHashSet(StringComparer.Ordinal);
        if (Only(times.Where(c => c.Parts().Any(spoken.Contains))) is not { } only)
            return null;
        sentence.Notes.Add($"Times are those of {only.Name}; name another for another: {string.Join(", ", times.Where(c => c != only).Select(c => c.Name))}.");
        return only;
    }

    private static TableColumn? Only(IEnumerable<TableColumn> columns) => columns.ToList() is [var only] ? only : null;

    // The one whose name the words around speak of: ordered, born, the month of admission. What a row is called says nothing of its times.
    private static TableColumn? SpokenOf(Sentence sentence, List<TableColumn> columns, IEnumerable<int> places)
    {
        var words = places.Where(i => i >= 0 && i < sentence.Count).SelectMany(i => sentence[i].Words.Where(w => !(sentence[i].IsRow && !w.Raw.EndsWith("ed", StringComparison.OrdinalIgnoreCase)))).ToList();
        var stems = words.SelectMany(w => Synonyms.Of(w.Stem).Append(w.Stem)).ToHashSet(StringComparer.Ordinal);
        var roots = words.Select(w => Stemmer.Root(w.Stem)).Where(r => r.Length >= 4).ToHashSet(StringComparer.Ordinal);
        var scored = columns.Select(c => (Column: c, Score: c.Parts().Count(p => !Generic.Contains(p) && (stems.Contains(p) || roots.Contains(Stemmer.Root(p)))))).ToList();
        var best = scored.Max(s => s.Score);
        return best > 0 && scored.Count(s => s.Score == best) == 1 ? scored.First(s => s.Score == best).Column : null;
    }

    /// <summary>The year that a column's least or greatest value is in.</summary>
    public static int? YearOf(string? value) => value is { Length: >= 4 } && int.TryParse(value[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : null;

    /// <summary>The day that a column's least or greatest value is on.</summary>
    public static DateOnly? DayOf(string? value) => value is { Length: >= 10 } && DateOnly.TryParseExact(value[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static TableColumn? Beside(Sentence sentence, int at)
    {
        for (var (i, steps) = (at - 1, 0); i >= 0 && steps < 4; i--, steps++)
        {
            if (sentence[i].ColumnsWhere(c => c.IsTime || c.IsYears()) is [var only])
            {
                sentence.Take($"time {only.Name}", i);
                return only;
            }

            if (sentence[i].Words[0].Kind == WordKind.Comma || (sentence[i].IsUnknown && steps > 0))
                break;
        }

        return null;
    }
}
