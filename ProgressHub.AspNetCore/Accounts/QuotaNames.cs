using System.Globalization;
using System.Text.Json;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>The names of bounds in the API, and what each may be.</summary>
internal static class QuotaNames
{
    private const decimal Largest = 1_000_000_000_000_000;

    /// <summary>Such as <c>jobsRunning</c>.</summary>
    public static string Of(QuotaBound bound) => JsonNamingPolicy.CamelCase.ConvertName(bound.ToString());

    /// <summary>Reads bounds by their names.</summary>
    /// <exception cref="RefusedException">422 <c>invalid_quota</c>.</exception>
    public static IReadOnlyDictionary<QuotaBound, decimal?> Read(IReadOnlyDictionary<string, decimal?> named) =>
        named.Select(each => (Bound: BoundOf(each.Key), each.Key, each.Value))
            .ToDictionary(each => each.Bound, each => Checked(each.Bound, each.Key, each.Value));

    private static QuotaBound BoundOf(string name)
    {
        foreach (var bound in Enum.GetValues<QuotaBound>())
        {
            if (Of(bound) == name)
                return bound;
        }

        throw Refuse($"There is no bound of that name; there are {string.Join(", ", Enum.GetValues<QuotaBound>().Select(Of))}.", name);
    }

    private static decimal? Checked(QuotaBound bound, string name, decimal? most)
    {
        var least = bound is QuotaBound.JobsRunning or QuotaBound.JobsQueued ? 1 : 0;
        var largest = bound is QuotaBound.JobsRunning or QuotaBound.JobsQueued or QuotaBound.JobsPerDay ? 1_000_000_000 : Largest;
        var isWhole = bound is not (QuotaBound.MoneyPerMonth or QuotaBound.AudioMinutesPerMonth);
        if (most is { } number && (number < least || number > largest || (isWhole && number != decimal.Truncate(number))))
        {
            throw Refuse(
                string.Create(CultureInfo.InvariantCulture, $"'{name}' is a{(isWhole ? " whole" : "")} number from {least} on, or null for no bound."), name);
        }

        return most;
    }

    private static RefusedException Refuse(string detail, string name) =>
        new(StatusCodes.Status422UnprocessableEntity, "invalid_quota", detail, name);
}
