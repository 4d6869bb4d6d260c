using System.Text;
using System.Text.Json;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.External;

/// <summary>Listens to a program that works elsewhere and reports in over <see cref="ExternalJobs"/>.</summary>
internal sealed class ExternalWorkload(ExternalJobs jobs) : Workload<ExternalInput>
{
    public override string Kind => ExternalJobs.Kind;

    public override string Label => "Program of your own";

    public override string Description => "A program of your own does the work and reports in over HTTP.";

    public override StagePlan Stages => ExternalInput.DefaultStages;

    public override ValueTask<WorkloadPlan> PlanAsync(ExternalInput input, string owner, CancellationToken cancellationToken) =>
        new(new WorkloadPlan(input.Plan, Engine: null, "Program of your own"));

    public override async Task<WorkloadOutcome> RunAsync(ExternalInput input, WorkloadContext context)
    {
        var session = new ExternalSession(context.JobId, input.Plan);
        jobs.Open(session);
        try
        {
            return await new ExternalRun(context, input, session).RunAsync();
        }
        finally
        {
            jobs.Close(session);
        }
    }

    /// <summary>The texts of the pieces, one after the other; where a piece is data, a JSON list of all.</summary>
    public override ResultDocument? Assemble(ExternalInput input, IReadOnlyDictionary<int, PartialResult> partials)
    {
        var pieces = partials.Where(p => p.Value.Ok).OrderBy(p => p.Key).Select(p => p.Value).ToList();
        if (pieces.Count == 0)
            return null;
        if (pieces.All(p => p.Data is null))
        {
            return new ResultDocument(
                "text/plain; charset=utf-8", "result.txt", Encoding.UTF8.GetBytes(string.Concat(pieces.Select(p => p.Text))));
        }

        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartArray();
            foreach (var piece in pieces)
            {
                if (piece.Data is { } data)
                    data.WriteTo(json);
                else
                    json.WriteStringValue(piece.Text);
            }

            json.WriteEndArray();
        }

        return new ResultDocument("application/json; charset=utf-8", "result.json", body.ToArray());
    }

    protected override ExternalInput Check(ExternalInput input) => input.Checked();

    protected override WorkloadDescriptor Describe(WorkloadDescriptor inferred) =>
        inferred with { IsRemote = true, Timeout = Timeout.InfiniteTimeSpan };
}
