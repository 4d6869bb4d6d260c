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
    private readonly bool _verse = input.Attributes.ContainsKey(AskedQuestion.Number);
    private readonly AskPhrases _phrases = new(input.Language, input.Attributes.ContainsKey(AskedQuestion.Number));

    public async Task<ResultDocument> RunAsync()
    {
        await context.BeginStageAsync("processing").ConfigureAwait(false);
        await StepAsync(1.0 / 3, _phrases.Begins).ConfigureAwait(false);
        var collection = await library.FindAsync(context.Owner, input.Collection, context.CancellationToken).ConfigureAwait(false)
            ?? throw UnknownCollection.Refusal();
        var name = _verse && collection.ReadOnly ? Pascal(collection.Id) : collection.Name;

        await context.BeginStageAsync("analyzing_rag").ConfigureAwait(false);
        var found = await FindAsync(name).ConfigureAwait(false);
        var value = found.Passages.Count > 0 ? Math.Round(found.Passages.Max(p => p.Score), 3) : 0;
        var confidence = new Confidence(value, _phrases.Meaning(value));
        Citation[] citations = [.. found.Passages.Select((p, i) => Citation.Of(i + 1, input.Collection, p))];
        await TellAsync(citations, confidence, name).ConfigureAwait(false);

        await context.BeginStageAsync("generating_llm").ConfigureAwait(false);
        await StepAsync(0.27, _phrases.Analyzing).ConfigureAwait(false);
        var answer = await AnswerAsync(found).ConfigureAwait(false);
        await StepAsync(1, _phrases.Ends).ConfigureAwait(false);

        await context.BeginStageAsync("completed").ConfigureAwait(false);
        await StepAsync(0.9, _phrases.Finished, JobLogLevel.Success).ConfigureAwait(false);
        var result = new AskResult(
            input.Question, answer, _phrases.Code, engine.Id, found.Passages.Count > 0, confidence, citations);
        return AnswerForms.Json(result);
    }

    private async Task<Findings> FindAsync(string name)
    {
        if (_verse)
            await StepAsync(2.0 / 7, _phrases.Maps).ConfigureAwait(false);
        await StepAsync(_verse ? 4.0 / 7 : 2.0 / 7, _phrases.Opens(name)).ConfigureAwait(false);
        var open = await library.OpenAsync(context.Owner, input.Collection, context.CancellationToken).ConfigureAwait(false)
            ?? throw UnknownCollection.Refusal();
        var names = input.Attributes.Count > 0
            ? [.. input.Attributes.Select(a => $"{a.Key} {a.Value}")]
            : open.Attributes.NamedIn(input.Question).Names;
        var begun = _verse ? 6.0 / 7 : 4.0 / 7;
        await StepAsync(begun, _phrases.Searches(names)).ConfigureAwait(false);
        var query = new SearchQuery(input.Question, input.TopK)
        {
            Attributes = input.Attributes,
            ApiKey = engine.Id == "anthropic" ? null : context.Secret(InputReading.ApiKeyProperty),
        };
        return await context.PulseAsync(
            token => retriever.SearchAsync(open, query, WaitingAsync, token), _phrases.Retrieval with { From = begun }).ConfigureAwait(false);
    }

    private async Task TellAsync(Citation[] citations, Confidence confidence, string name)
    {
        await StepAsync(
            1, _phrases.Found(citations.Length, name), citations.Length > 0 ? JobLogLevel.Success : JobLogLevel.Warning).ConfigureAwait(false);
        foreach (var citation in citations)
            await context.LogAsync(JobLogLevel.Info, _phrases.Passage(citation), citation.N, citations.Length).ConfigureAwait(false);
        await context.PartialAsync(new PartialResult(0, null)
        {
            Data = JsonSerializer.SerializeToElement(new FoundPassages(citations, confidence), KnowledgeJson.Default.FoundPassages),
        }).ConfigureAwait(false);
    }

    private async Task<string> AnswerAsync(Findings found)
    {
        var writer = new AnswerWriter(context, found.Passages.Count, input.Stream);
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
        await context.LogAsync(JobLogLevel.Info, _phrases.Answers(engine.Status.Label)).ConfigureAwait(false);

        // How long it will be is not known: the pulse says how long answers take as a rule.
        await context.PulseAsync(
            pulsed => retry.RunAsync(token => WriteAsync(writer, order, token), WaitingAsync, pulsed),
            _phrases.Generation with { From = 0.27 }).ConfigureAwait(false);
        return writer.Answer;
    }

    private async Task<bool> WriteAsync(AnswerWriter writer, AnswerOrder order, CancellationToken cancellationToken)
    {
        writer.Restart();
        var begun = false;
        await foreach (var text in engine.AnswerAsync(order, cancellationToken).ConfigureAwait(false))
        {
            if (!begun)
                await StepAsync(20.0 / 37, _phrases.Combines).ConfigureAwait(false);
            begun = true;
            await writer.WriteAsync(text).ConfigureAwait(false);
        }

        await StepAsync(30.0 / 37, _phrases.Writes).ConfigureAwait(false);
        await writer.EndAsync().ConfigureAwait(false);
        return true;
    }

    private async ValueTask WaitingAsync(WorkloadException fault, TimeSpan delay) =>
        await context.LogAsync(JobLogLevel.Warning, _phrases.Waits(fault, delay)).ConfigureAwait(false);

    /// <summary>A step that is told whatever follows it. How much of the work it is, is a guess: nothing is counted.</summary>
    private async ValueTask StepAsync(double fraction, string message, JobLogLevel level = JobLogLevel.Info)
    {
        context.Progress.Report(new ProgressUpdate(Message: message) { Fraction = fraction, Estimated = true });
        await context.LogAsync(level, message).ConfigureAwait(false);
    }

    /// <summary>The name of what comes with the server: <c>guan_yu</c> is GuanYu.</summary>
    private static string Pascal(string id) =>
        string.Concat(id.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
