using System.Text.Json;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads.Inference;
using ProgressHub.Core.Workloads.Knowledge.Retrieval;

namespace ProgressHub.Core.Workloads.Knowledge.Ask;

/// <summary>One attempt to answer one question.</summary>
internal sealed class AskRun(
    WorkloadContext context, AskInput input, KnowledgeLibrary library, Retriever retriever, IAnswerer engine, TransientRetry retry)
{
    private readonly AskPhrases _phrases = new(input.Language);

    public async Task<ResultDocument> RunAsync()
    {
        await context.BeginStageAsync("processing").ConfigureAwait(false);
        Say(0.3, _phrases.Begins);
        var collection = await library.FindAsync(context.Owner, input.Collection, context.CancellationToken).ConfigureAwait(false)
            ?? throw UnknownCollection.Refusal();

        await context.BeginStageAsync("analyzing_rag").ConfigureAwait(false);
        var found = await FindAsync(collection.Name).ConfigureAwait(false);
        var value = found.Passages.Count > 0 ? Math.Round(found.Passages.Max(p => p.Score), 3) : 0;
        var confidence = new Confidence(value, _phrases.Meaning(value));
        Citation[] citations = [.. found.Passages.Select((p, i) => Citation.Of(i + 1, input.Collection, p))];
        await TellAsync(citations, confidence).ConfigureAwait(false);

        await context.BeginStageAsync("generating_llm").ConfigureAwait(false);
        Say(0.1, _phrases.Analyzing);
        var answer = await AnswerAsync(found).ConfigureAwait(false);

        await context.BeginStageAsync("completed").ConfigureAwait(false);
        Say(0.9, _phrases.Finished);
        await context.LogAsync(JobLogLevel.Success, _phrases.Finished).ConfigureAwait(false);
        var result = new AskResult(
            input.Question, answer, _phrases.Code, engine.Id, found.Passages.Count > 0, confidence, citations);
        return AnswerForms.Json(result);
    }

    private async Task<Findings> FindAsync(string name)
    {
        Say(0.1, _phrases.Opens(name));
        var open = await library.OpenAsync(context.Owner, input.Collection, context.CancellationToken).ConfigureAwait(false)
            ?? throw UnknownCollection.Refusal();
        var names = input.Attributes.Count > 0
            ? [.. input.Attributes.Select(a => $"{a.Key} {a.Value}")]
            : open.Attributes.NamedIn(input.Question).Names;
        Say(0.4, _phrases.Searches(names));
        await context.LogAsync(JobLogLevel.Info, _phrases.Searches(names)).ConfigureAwait(false);
        var query = new SearchQuery(input.Question, input.TopK)
        {
            Attributes = input.Attributes,
            ApiKey = engine.Id == "anthropic" ? null : context.Secret(InputReading.ApiKeyProperty),
        };
        return await context.PulseAsync(
            token => retriever.SearchAsync(open, query, WaitingAsync, token), _phrases.Retrieval).ConfigureAwait(false);
    }

    private async Task TellAsync(Citation[] citations, Confidence confidence)
    {
        Say(0.9, _phrases.Found(citations.Length));
        await context.LogAsync(
            citations.Length > 0 ? JobLogLevel.Success : JobLogLevel.Warning, _phrases.Found(citations.Length)).ConfigureAwait(false);
        foreach (var citation in citations)
            await context.LogAsync(JobLogLevel.Info, _phrases.Passage(citation), citation.N, citations.Length).ConfigureAwait(false);
        await context.PartialAsync(new PartialResult(0, null)
        {
            Data = JsonSerializer.SerializeToElement(new FoundPassages(citations, confidence), KnowledgeJson.Default.FoundPassages),
        }).ConfigureAwait(false);
    }

    private async Task<string> AnswerAsync(Findings found)
    {
        var writer = new AnswerWriter(context, found.Passages.Count);
        if (context.RestoredPartials.Keys.Any(index => index >= AnswerWriter.FirstPiece))
            await context.LogAsync(JobLogLevel.Warning, _phrases.BeginsAgain).ConfigureAwait(false);
        if (found.Passages.Count == 0)
        {
            // A model that is given nothing would answer from what it has heard elsewhere.
            await writer.WriteAsync(_phrases.NothingFound).ConfigureAwait(false);
            await writer.EndAsync().ConfigureAwait(false);
            return writer.Answer;
        }

        var order = new AnswerOrder(input.Question, input.Language, found.Passages)
        {
            Model = input.Model,
            ApiKey = context.Secret(InputReading.ApiKeyProperty),
        };
        Say(0.2, _phrases.Writes(engine.Status.Label));

        // How long it will be is not known: the pulse says how long answers take as a rule.
        await context.PulseAsync(
            pulsed => retry.RunAsync(token => WriteAsync(writer, order, token), WaitingAsync, pulsed), _phrases.Generation).ConfigureAwait(false);
        return writer.Answer;
    }

    private async Task<bool> WriteAsync(AnswerWriter writer, AnswerOrder order, CancellationToken cancellationToken)
    {
        writer.Restart();
        await foreach (var text in engine.AnswerAsync(order, cancellationToken).ConfigureAwait(false))
            await writer.WriteAsync(text).ConfigureAwait(false);
        await writer.EndAsync().ConfigureAwait(false);
        return true;
    }

    private async ValueTask WaitingAsync(WorkloadException fault, TimeSpan delay) =>
        await context.LogAsync(JobLogLevel.Warning, _phrases.Waits(fault, delay)).ConfigureAwait(false);

    private void Say(double fraction, string message) =>
        context.Progress.Report(new ProgressUpdate(Message: message) { Fraction = fraction });
}
