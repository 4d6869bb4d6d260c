using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>The units that bounds are said in, and what they are in those of the columns.</summary>
internal sealed class BoundUnits(Sentence sentence)
{
    /// <summary>A number as people write it.</summary>
    public static string Text(double value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Takes the unit after a bound, where the column may be in it.</summary>
    public void Take(Bound bound, TableColumn? column)
    {
        if (!sentence.IsFree(bound.End) && bound.End > bound.At && sentence.PartOf(bound.End) == "bound")
            return;
        var stem = sentence[bound.End].Stem;
        if (column is not null && !UnitWords.Fits(column, stem))
            return;
        if (column is { Unit: null } && column.UnitWord() is null && sentence.IsFree(bound.End) && UnitWords.IsUnit(stem) && sentence[bound.End].Lex != Lex.Unit)
            sentence.Notes.Add($"{column.Name} names no unit; it was taken to be in {sentence[bound.End].Raw}.");
        sentence.Take("unit", bound.End);
    }

    // "At least 60,000 a year" of annual_salary, "40 hours a week" of weekly_hours: the step that its name says.
    private Bound? PerStep(Bound bound, TableColumn column)
    {
        var step = bound.End;
        if (!IsPer(step - 1))
        {
            var per = step + 1;
            if (sentence[per].ColumnsWhere(c => c == column).Count > 0 || UnitWords.IsUnit(sentence[per].Stem))
                per++;
            step = IsPer(per) ? per + 1 : -1;
        }

        if (step < 0 || sentence[step] is not { Bucket: { } bucket, IsAdverb: false } || !IsStep(column, bucket))
            return null;
        sentence.Take("unit", step - 1, step);
        return step == bound.End ? bound with { End = sentence.Previous(step - 1) } : bound;
    }

    private bool IsPer(int i) => sentence[i].Stem is "a" or "an" or "per" or "each" or "every";

    private static bool IsStep(TableColumn column, Queries.Bucket bucket) => column.Parts().Any(p => bucket switch
    {
        Queries.Bucket.Year => p is "annual" or "yearly" or "year", Queries.Bucket.Month => p is "monthly" or "month", Queries.Bucket.Week => p is "weekly" or "week",
        Queries.Bucket.Day => p is "daily" or "day", Queries.Bucket.Hour => p is "hourly" or "hour", _ => false,
    });

    /// <summary>"More than 2 hours" of a column in minutes is more than 120; of one in euros it is nothing. Null where it is the same.</summary>
    public Bound? Convert(Bound bound, TableColumn column)
    {
        if (bound.Beside is not null || bound.Column is not null)
            return null;
        if (PerStep(bound, column) is { } perStep)
            return perStep;
        if (UnitWords.Factor(column, sentence[bound.End].Stem) is not { } factor)
            return InThousands(bound, column);
        if (factor == 1)
            return null;
        if (double.IsNaN(factor))
        {
            sentence.Refuse($"{column.Name} is in {column.UnitWord()}, and not in {sentence[bound.End].Raw}.");
            return null;
        }

        var converted = bound with { Value = bound.Value * factor, Upper = bound.Upper * factor };
        sentence.Notes.Add(string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"{bound.Value:0.####} {sentence[bound.End].Raw} were read as {converted.Value:0.####} {column.UnitWord()} of {column.Name}."));
        sentence.Take("unit", bound.End);
        return converted;
    }

    /// <summary>"More than 2 weeks" between two days, in days; a month has no fixed length. Null where no unit is said.</summary>
    public Bound? InDays(Bound bound)
    {
        if (bound.Beside is not null || bound.Column is not null || sentence[bound.End].Number is not null)
            return null;
        if (UnitWords.InDays(sentence[bound.End].Stem) is not { } days)
        {
            sentence.Refuse($"Days can't be compared with {sentence[bound.End].Raw}; say how many days.");
            return null;
        }

        sentence.Take("unit", bound.End);
        return bound with { Value = bound.Value * days, Upper = bound.Upper * days };
    }

    // "Over 2 million" of a column in thousands: what it could never be as it stands.
    private Bound? InThousands(Bound bound, TableColumn column)
    {
        var scale = column.UnitWord() switch { "keur" or "kusd" => 1e3, "meur" or "musd" => 1e6, _ => 1 };
        if (scale == 1 || !double.TryParse(column.Max, System.Globalization.CultureInfo.InvariantCulture, out var max) || bound.Value <= max || bound.Value < scale)
            return null;
        sentence.Notes.Add($"{column.Name} is in {column.UnitWord()}; {Text(bound.Value)} was taken as {Text(bound.Value / scale)} of them.");
        return bound with { Value = bound.Value / scale, Upper = bound.Upper / scale };
    }
}
