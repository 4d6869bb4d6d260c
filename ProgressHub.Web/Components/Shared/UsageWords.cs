using System.Globalization;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Shared;

/// <summary>What a job has used of models, for a person.</summary>
internal static class UsageWords
{
    /// <summary>Such as <c>1,200 in, 340 out</c>.</summary>
    public static string Tokens(JobUsage usage) =>
        UiText.Of("{0:N0} in, {1:N0} out", usage.InputTokens, usage.OutputTokens);

    /// <summary>Such as <c>in 3 calls</c>.</summary>
    public static string Calls(JobUsage usage) =>
        UiText.Plural(usage.Calls, UiText.Key("in 1 call"), UiText.Key("in {0:N0} calls"));

    /// <summary>Such as <c>0.0013 USD</c>: two places from one unit on, else enough to see what it is. Null without a cost.</summary>
    public static string? Cost(JobUsage usage) => usage.Cost is not { } cost ? null : string.Create(
        CultureInfo.InvariantCulture, $"{(cost >= 1 ? cost.ToString("N2", CultureInfo.InvariantCulture) : cost.ToString("0.######", CultureInfo.InvariantCulture))} {usage.Currency}");
}
