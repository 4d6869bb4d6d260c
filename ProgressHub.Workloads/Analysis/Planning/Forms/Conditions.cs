using System.Globalization;
using ProgressHub.Workloads.Analysis.Planning.Queries;

namespace ProgressHub.Workloads.Analysis.Planning.Forms;

/// <summary>Conditions in words.</summary>
internal static class Conditions
{
    private static readonly string[] Weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    /// <summary>A condition: status is paid and price is above 10.</summary>
    public static string Of(Condition condition) => condition switch
    {
        Condition.All { Of: [Condition.Compare { Operator: ">=" } low, Condition.Compare { Operator: "<=" } high] } when low.Left == high.Left =>
            $"{Names.Of(low.Left)} is between {Names.Of(low.Right)} and {Names.Of(high.Right)}",
        Condition.All all => string.Join(" and ", all.Of.Select(Inner)),
        Condition.Any any => string.Join(" or ", any.Of.Select(Inner)),
        Condition.Not { Of: Condition.OneOf one } => $"{one.Column.Name} is not {string.Join(" or ", one.Values)}",
        Condition.Not { Of: Condition.Empty empty } => $"{empty.Column.Name} is filled in",
        Condition.Not { Of: Condition.Flag flag } => $"{flag.Column.Name} is {(flag.Value ? "not yes" : "not no")}",
        Condition.Not { Of: Condition.Any any } => string.Join(" and ", any.Of.Select(o => Of(new Condition.Not(o)))),
        Condition.Not not => $"not ({Of(not.Of)})",
        Condition.Compare two => $"{Names.Of(two.Left)} is {Sign(two.Operator)} {Names.Of(two.Right)}",
        Condition.OneOf one => $"{one.Column.Name} is {string.Join(" or ", one.Values)}",
        Condition.Text text => $"{text.Column.Name} is {text.Value}",
        Condition.Like like => $"{like.Column.Name} is like {like.Pattern}",
        Condition.Flag flag => $"{flag.Column.Name} is {(flag.Value ? "yes" : "no")}",
        Condition.Within within => Within(within),
        Condition.Recent recent => $"{recent.Column.Name} is in the last {recent.Count} {recent.Step.ToString().ToLowerInvariant()}{(recent.Count == 1 ? "" : "s")} of the table",
        Condition.PartOf part => $"the {Part(part)}",
        Condition.Empty empty => $"{empty.Column.Name} is empty",
        Condition.Beside beside => $"{Names.Of(beside.Left)} is {Sign(beside.Operator)} the {Names.Of(beside.Right)} of {(beside.Same is { } same ? $"its {same.Name}" : "the whole table")}",
        _ => "",
    };

    /// <summary>A comparison in words.</summary>
    public static string Sign(string sign) => sign switch
    {
        ">" => "above", "<" => "below", ">=" => "at least", "<=" => "at most", "=" => "exactly", _ => "not",
    };

    private static string Inner(Condition condition) => condition is Condition.Any or Condition.All { Of.Count: > 2 } ? $"({Of(condition)})" : Of(condition);

    private static string Within(Condition.Within within)
    {
        var name = within.Column.Name;
        return (within.From, within.Before) switch
        {
            ({ } from, { } before) when before == from.AddDays(1) => $"{name} is {Day(from)}",
            ({ DayOfYear: 1 } from, { } before) when before == from.AddYears(1) => $"{name} is in {from.Year}",
            ({ Day: 1 } from, { } before) when before == from.AddMonths(1) => $"{name} is in {from.ToString("yyyy-MM", CultureInfo.InvariantCulture)}",
            ({ } from, { } before) => $"{name} is from {Day(from)} to {Day(before.AddDays(-1))}",
            ({ } from, null) => $"{name} is from {Day(from)} on",
            (null, { } before) => $"{name} is before {Day(before)}",
            _ => name,
        };
    }

    private static string Part(Condition.PartOf part) => part.Part switch
    {
        Bucket.Weekday => $"weekday of {part.Column.Name} is {string.Join(" or ", part.Values.Select(v => Weekdays[v - 1]))}",
        Bucket.Hour => $"time of {part.Column.Name} is from {part.Values[0]:00}:00 to {part.Values[^1]:00}:59",
        Bucket.Quarter => $"quarter of {part.Column.Name} is {string.Join(" or ", part.Values)}",
        _ => $"month of {part.Column.Name} is {string.Join(" or ", part.Values.Select(v => CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(v)))}",
    };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
