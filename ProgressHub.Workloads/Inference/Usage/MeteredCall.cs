using Microsoft.Extensions.AI;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Inference.Usage;

/// <summary>One call of a model, while its answer comes.</summary>
internal sealed class MeteredCall(JobMeter meter, ModelRate rate, double inputTokens)
{
    private double _outputTokens;
    private long _toldInput;
    private long _toldOutput;
    private bool _refused;
    private bool _told;

    /// <summary>What it will have used if nothing more comes.</summary>
    public JobUsage Estimate => Usage((long)Math.Ceiling(inputTokens), (long)Math.Ceiling(Volatile.Read(ref _outputTokens))) with { Estimated = true };

    /// <summary>A piece of the answer came.</summary>
    /// <exception cref="WorkloadException"><c>budget_exceeded</c>: it must not go on.</exception>
    public void Hear(ChatResponseUpdate update)
    {
        Volatile.Write(ref _outputTokens, _outputTokens + update.Contents.Sum(TokenEstimate.Of));
        foreach (var usage in update.Contents.OfType<UsageContent>())
        {
            // Some endpoints tell the total so far again and again; none tells of less than before.
            _toldInput = Math.Max(_toldInput, usage.Details.InputTokenCount ?? 0);
            _toldOutput = Math.Max(_toldOutput, usage.Details.OutputTokenCount ?? 0);
            _told |= usage.Details.OutputTokenCount is not null;
        }

        if (!_told)
            meter.Check(rate);
    }

    /// <summary>
    /// It failed. Where no connection came about or its endpoint answered with an error it has used nothing; what was given
    /// up or fell silent was read, and perhaps answered.
    /// </summary>
    public void Fail(Exception failure)
    {
        for (var cause = failure; cause is not null && !_refused; cause = cause.InnerException)
            _refused = cause is WorkloadException && _outputTokens == 0;
    }

    /// <summary>
    /// It is over, with an answer or without. What broke off before its endpoint told of tokens counts by estimate; what was
    /// refused has cost none.
    /// </summary>
    /// <param name="complete">Whether the answer is whole.</param>
    public ValueTask EndAsync(bool complete)
    {
        if (_told && complete)
            return meter.EndAsync(this, Usage(_toldInput, _toldOutput));
        if (_refused)
            return meter.EndAsync(this, Usage(0, 0));
        var estimate = Estimate;
        var used = Usage(Math.Max(_toldInput, estimate.InputTokens), Math.Max(_toldOutput, estimate.OutputTokens));
        return meter.EndAsync(this, used with { Estimated = true });
    }

    private JobUsage Usage(long input, long output) => new(input, output, 1)
    {
        Cost = rate.Price?.Of(input, output),
        Currency = rate.Price is null ? null : rate.Currency,
    };
}
