using System.Globalization;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>Of whom or of what a bound can be that names nothing: people, who are over an age, and columns that are ever about as large.</summary>
internal static class BoundPeople
{
    /// <summary>Whether a piece is of people: patients, women, Kenyans, smokers.</summary>
    public static bool Are(Sentence sentence, int i) => (sentence[i].Column is not null && AreFlagged(sentence, i)) || (sentence[i] is { IsRow: true } named && RowNouns.People.Contains(named.Stem))
        || (sentence[i] is { Raw: [_, _, ..], Values: [{ Column: var column }, ..] } && (column.Parts().Any(RowNouns.Genders.Contains) || (sentence.Terms.IsOfPeople && sentence[i].Raw.EndsWith('s'))));

    /// <summary>Whether a piece is those of whom a column of yes and no says yes: smokers, of is_smoker.</summary>
    public static bool AreFlagged(Sentence sentence, int i) => sentence[i] is { Raw: [_, _, _, ..], Column: { } sense } item && item.Raw.EndsWith('s') && sense.Columns.All(c => c.IsFlag() && (sense.Likeness > Likeness.Exact || c.Type == ColumnType.Boolean));

    /// <summary>Whether a number lies between the least and the greatest of a column.</summary>
    public static bool Holds(TableColumn column, double value) =>
        double.TryParse(column.Min, CultureInfo.InvariantCulture, out var min) && double.TryParse(column.Max, CultureInfo.InvariantCulture, out var max) && value >= min && value <= max;
}
