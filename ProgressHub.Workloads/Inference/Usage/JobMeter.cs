using System.Globalization;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Inference.Usage;

/// <summary>
/// Counts what one job uses of models, over all its attempts, and stops it at its budget. Calls under way count by estimate,
/// so that several at once can't pass the budget together. Safe to use from any thread.
/// </summary>
/// <param name="context">The job.</param>
/// <param name="asked">What its submission allows it.</param>
internal sealed class JobMeter(WorkloadContext context, UsageBudget asked)
{
    /// <summary>The code of a job that its budget has ended.</summary>
    public const string Exceeded = "budget_exceeded";

    /// <summary>The code of a job whose budget can't be kept.</summary>
    public const string Unpriced = "budget_unpriced";

    private readonly Lock _gate = new();
    private readonly HashSet<MeteredCall> _underWay = [];
    private JobUsage _spent = context.Usage;

    /// <summary>A call begins.</summary>
    /// <param name="rate">What it is charged with.</param>
    /// <param name="inputTokens">About how many tokens it sends.</param>
    /// <exception cref="WorkloadException"><c>budget_exceeded</c>, <c>budget_unpriced</c> or that of its owner's quota; it must not be made.</exception>
    public MeteredCall Begin(ModelRate rate, double inputTokens)
    {
        var call = new MeteredCall(this, rate, inputTokens);
        lock (_gate)
        {
            CheckWithin(rate, call.Estimate);
            _underWay.Add(call);
        }

        return call;
    }

    /// <summary>A call under way has grown.</summary>
    /// <exception cref="WorkloadException"><c>budget_exceeded</c>: it must not go on.</exception>
    public void Check(ModelRate rate)
    {
        lock (_gate)
            CheckWithin(rate, JobUsage.None);
    }

    /// <summary>A call is over.</summary>
    public ValueTask EndAsync(MeteredCall call, JobUsage used)
    {
        lock (_gate)
        {
            _underWay.Remove(call);
            _spent = _spent.Plus(used);
        }

        return context.AddUsageAsync(used);
    }

    private void CheckWithin(ModelRate rate, JobUsage more)
    {
        var budget = asked.Within(rate.Budget);
        if (budget is { Cost: not null } && rate.Price is null)
            throw new WorkloadException(Unpriced, $"A budget of cost can't be kept: the model {rate.Model} has no price. Set Inference:Prices for it, or give a budget of tokens.");
        var total = _underWay.Aggregate(_spent.Plus(more), static (sum, call) => sum.Plus(call.Estimate));
        context.RequireWithinQuota(total);
        if (total.Tokens > budget.Tokens)
            throw Over($"{budget.Tokens:N0} tokens");
        if (total.Cost > budget.Cost)
            throw Over($"{budget.Cost} {rate.Currency}");
    }

    private WorkloadException Over(FormattableString budget) => new(Exceeded, string.Create(
        CultureInfo.InvariantCulture,
        $"The job's budget of {budget.ToString(CultureInfo.InvariantCulture)} does not allow any more: {_spent.Tokens:N0} tokens are used, in {(_spent.Calls == 1 ? "1 call" : $"{_spent.Calls} calls")}. What is done is kept."));
}
