using System.Text;
using System.Text.Json;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Workloads.External;

/// <summary>Listens to a program that works elsewhere and reports in over <see cref="ExternalJobs"/>.</summary>
internal sealed class ExternalWorkload(ExternalJobs jobs) : IWorkload
{
    public WorkloadDescriptor Descriptor { get; } = new()
    {
        Kind = ExternalJobs.Kind,
        Label = "External",
        Description = "A program of your own does the work and reports in over HTTP.",
        InputSchema = ExternalInput.Schema,
        Stages = ExternalInput.DefaultStages,
        RunsElsewhere = true,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public ValueTask<WorkloadPlan> PlanAsync(JsonElement input, CancellationToken cancellationToken) =>
        new(new WorkloadPlan(ExternalInput.Parse(input).Stages, Engine: null, "External job"));

    public async Task<WorkloadOutcome> RunAsync(WorkloadContext context)
    {
        var input = ExternalInput.Parse(context.Input);
        var session = new ExternalSession(context.JobId, input.Stages);
        jobs.Open(session);
        try
        {
            return await new ExternalRun(context, input, session).RunAsync().ConfigureAwait(false);
        }
        finally
        {
            jobs.Close(session);
        }
    }

    /// <summary>The texts of the pieces, one after the other; where a piece is data, a JSON list of all.</summary>
    public ResultDocument? Assemble(JsonElement input, IReadOnlyDictionary<int, PartialResult> partials)
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

    public ValueTask<IReadOnlyList<EngineStatus>> GetEnginesAsync(CancellationToken cancellationToken) => new([]);
}
