using System.Text.Json;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;
using ProgressHub.Workloads.Inference.Usage;
using ProgressHub.Workloads.Knowledge.Retrieval;

namespace ProgressHub.Workloads.Knowledge.Ask;

/// <summary>One attempt to answer one question.</summary>
internal sealed class AskRun(
    WorkloadContext context, AskInput input, KnowledgeLibrary library, IAnswerer engine, TransientRetry retry)
{
    private const int PassagesToGuessBy = 5;
    private readonly bool _verse = input.Attributes.ContainsKey(AskDetails.Number);
    private readonly AskPhrases _phrases = new(input.Language, input.Attributes.ContainsKey(AskDetails.Number));

    public async Task<WorkloadOutcome> RunAsync()
    {
        await context.BeginStageAsync("processing");
        await StepAsync(1.0 / 3, _phrases.Begins);
        var collection = await library.FindAsync(context.Owner, input.Collection, context.CancellationToken)
            ?? throw UnknownCollection.Refusal();
        var name = _verse && collection.ReadOnly ? Pascal(collection.Id) : collection.Name;

        await context.BeginStageAsync("analyzing_rag");
        var found = await FindAsync(name);
        var passages = new CitedPassages(found.Passages);
        await TellAsync(passages, name);

        await context.BeginStageAsync(AnswerPace.Stage);
        await StepAsync(0.27, _phrases.Analyzing);
        var answer = await AnswerAsync(passages);
        await StepAsync(1, _phrases.Ends);

        await context.BeginStageAsync("completed");
        await StepAsync(0.9, _phrases.Finished, JobLogLevel.Success);
        var result = new AskResult(
            input.Question, answer, _phrases.Code, engine.Id, passages.Count > 0, Confidence(passages), Citations(passages));
        return new WorkloadOutcome(AnswerForms.Json(result)) { IsNoAnswer = passages.Count == 0 };
    }

    private async Task<Findings> FindAsync(string name)
    {
        if (_verse)
            await StepAsync(2.0 / 7, _phrases.Maps);
        await StepAsync(_verse ? 4.0 / 7 : 2.0 / 7, _phrases.Opens(name));
        var open = await library.OpenAsync(context.Owner, input.Collection, context.CancellationToken)
            ?? throw UnknownCollection.Refusal();
        var names = input.Attributes.Count > 0
            ? [.. input.Attributes.Select(a => $"{a.Key} {a.Value}")]
            : open.Attributes.NamedIn(input.Question).Names;
        var begun = _verse ? 6.0 / 7 : 4.0 / 7;
        await StepAsync(begun, _phrases.Searches(names));
        return await context.PulseAsync(
            token => SearchAsync(input.Question, token), _phrases.Retrieval with { From = begun });
    }

    private async Task<Findings> SearchAsync(string question, CancellationToken cancellationToken)
    {
        var query = new SearchQuery(question, input.TopK)
        {
            Attributes = input.Attributes,
            ApiKey = engine.Id == "anthropic" ? null : input.ApiKey,
        };
        return await library.SearchAsync(context.Owner, input.Collection, query, WaitingAsync, cancellationToken)
            ?? throw UnknownCollection.Refusal();
    }

    private async Task TellAsync(CitedPassages passages, string name)
    {
        await StepAsync(
            1, _phrases.Found(passages.Count, name), passages.Count > 0 ? JobLogLevel.Success : JobLogLevel.Warning);
        foreach (var citation in Citations(passages))
            await context.LogAsync(JobLogLevel.Info, _phrases.Passage(citation), citation.N, passages.Count);
        await TellAsync(passages);
    }

    private async Task TellAsync(CitedPassages passages) => await context.PartialAsync(new PartialResult(0, null)
    {
        Data = JsonSerializer.SerializeToElement(
            new FoundPassages(Citations(passages), Confidence(passages)), KnowledgeJson.Default.FoundPassages),
    });

    private Citation[] Citations(CitedPassages passages) =>
        [.. passages.All.Select((p, i) => Citation.Of(i + 1, input.Collection, p))];

    private Confidence Confidence(CitedPassages passages)
    {
        var value = passages.Count > 0 ? Math.Round(passages.All.Max(p => p.Score), 3) : 0;
        return new Confidence(value, _phrases.Meaning(value));
    }

    private async Task<string> AnswerAsync(CitedPassages passages)
    {
        var writer = new AnswerWriter(context, passages, input.Stream);
        if (context.RestoredPartials.Keys.Any(index => index >= AnswerWriter.FirstPiece))
            await context.LogAsync(JobLogLevel.Warning, _phrases.BeginsAgain);
        if (passages.Count == 0)
        {
            // A model that is given nothing would answer from what it has heard elsewhere.
            await writer.WriteAsync(string.Join(' ', new[] { _phrases.NothingFound, await OtherLanguageAsync() }.OfType<string>()));
            await writer.EndAsync();
            return writer.Answer;
        }

        var pace = new AnswerPace(context, input.Language);
        var order = new AnswerOrder(input.Question, input.Language, passages)
        {
            Model = input.Model,
            ApiKey = input.ApiKey,
            Meter = new JobMeter(context, input.Budget),
            Search = new FurtherSearch(context, _phrases, passages, SearchAsync)
            {
                Begun = () =>
                {
                    writer.Restart();
                    pace.Wait();
                },
                Found = () => TellAsync(passages),
            },
        };
        await context.LogAsync(JobLogLevel.Info, _phrases.Answers(engine.Status.Label));

        // How long it will be is not known: the pulse says how long answers take as a rule.
        await context.PulseAsync(
            pulsed => retry.RunAsync(token => WriteAsync(writer, pace, order, token), WaitingAsync, pulsed),
            _phrases.Generation with { From = 0.27 });
        return writer.Answer;
    }

    /// <summary>What is to be said where nothing can be found, since the question is in another language than the documents.</summary>
    private async Task<string?> OtherLanguageAsync()
    {
        if (LanguageGuess.Of(input.Question) is not { } asked
            || await library.OpenAsync(context.Owner, input.Collection, context.CancellationToken) is not { } open)
        {
            return null;
        }

        var some = await open.ReadAsync(open.Words.Some(PassagesToGuessBy), context.CancellationToken);
        return LanguageGuess.Of(string.Join('\n', some.Select(passage => passage.Text))) is { } written && written != asked
            ? _phrases.OtherLanguage(written, asked)
            : null;
    }

    private async Task<bool> WriteAsync(
        AnswerWriter writer, AnswerPace pace, AnswerOrder order, CancellationToken cancellationToken)
    {
        writer.Restart();
        if (engine is not ExtractiveAnswerer)
            pace.Wait();
        var begun = false;
        await foreach (var text in engine.AnswerAsync(order, cancellationToken))
        {
            if (!begun)
                await StepAsync(20.0 / 37, _phrases.Combines);
            begun = true;
            pace.Add(text);
            await writer.WriteAsync(text);
        }

        await StepAsync(30.0 / 37, _phrases.Writes);
        await writer.EndAsync();
        return true;
    }

    private async ValueTask WaitingAsync(WorkloadException fault, TimeSpan delay) =>
        await context.LogAsync(JobLogLevel.Warning, _phrases.Waits(fault, delay));

    /// <summary>A step that is told whatever follows it. How much of the work it is, is a guess: nothing is counted.</summary>
    private async ValueTask StepAsync(double fraction, string message, JobLogLevel level = JobLogLevel.Info)
    {
        context.Progress.Report(new ProgressUpdate(Message: message) { Fraction = fraction, Estimated = true });
        await context.LogAsync(level, message);
    }

    /// <summary>The name of what comes with the server: <c>guan_yu</c> is GuanYu.</summary>
    private static string Pascal(string id) =>
        string.Concat(id.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
