using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads.Transcription.Audio;
using ProgressHub.Core.Workloads.Transcription.Engines;
using ProgressHub.Core.Workloads.Transcription.Formats;

namespace ProgressHub.Core.Workloads.Transcription;

/// <summary>Turns speech into text, segment by segment, with one of several engines.</summary>
internal sealed class TranscriptionWorkload(
    IEnumerable<ITranscriber> engines, AudioPreparation preparation, FFmpeg ffmpeg, IOptions<TranscriptionOptions> options) : IWorkload
{
    // Uploading runs from 0, preprocessing from 10 %, transcribing from 30 % to 90 %.
    private static readonly StagePlan Stages = new(
        new Stage("uploading", "Uploading", 10),
        new Stage("preprocessing", "Preprocessing", 20),
        new Stage("transcribing", "Transcribing", 60),
        new Stage("completed", "Completing", 10));

    private readonly IReadOnlyList<ITranscriber> _engines = [.. engines.OrderBy(engine => engine.Id != options.Value.DefaultEngine)];

    public WorkloadDescriptor Descriptor { get; } = new()
    {
        Kind = "transcription",
        Label = "Transcription",
        Description = "Turns the speech in audio and video files into text with times, as text, SRT, VTT or JSON.",
        InputSchema = TranscriptionSchema.Input,
        Stages = Stages,
        MaxConcurrency = options.Value.MaxConcurrency,
        // A large model on a small machine is slower than the speaker.
        Timeout = TimeSpan.FromHours(24),
        SecretInputs = [TranscriptionInput.ApiKeyProperty],
        FileInput = TranscriptionInput.FileProperty,
        ResultForms = TranscriptForms.All,
    };

    public async ValueTask<WorkloadPlan> PlanAsync(JsonElement input, CancellationToken cancellationToken)
    {
        var request = TranscriptionInput.Parse(input);
        var engine = await EngineAsync(request, cancellationToken).ConfigureAwait(false);
        await engine.CheckAsync(new TranscriptionOrder(request, TranscriptionInput.ReadApiKey(input)), cancellationToken)
            .ConfigureAwait(false);
        return new WorkloadPlan(Stages, engine.Id, "Transcription");
    }

    public async Task<WorkloadOutcome> RunAsync(WorkloadContext context)
    {
        await context.BeginStageAsync("uploading").ConfigureAwait(false);
        var request = TranscriptionInput.Parse(context.Input);
        var file = await context.ReceiveFileAsync(request.File).ConfigureAwait(false);
        request = TranscriptionInput.Parse(context.Input);

        await context.BeginStageAsync("preprocessing").ConfigureAwait(false);
        var audio = await preparation.PrepareAsync(context, file).ConfigureAwait(false);
        context.SetInputSize(audio.Scan.Seconds);

        await context.BeginStageAsync("transcribing").ConfigureAwait(false);
        var engine = await EngineAsync(request, context.CancellationToken).ConfigureAwait(false);
        var order = new TranscriptionOrder(request, context.Secret(TranscriptionInput.ApiKeyProperty));
        var model = await engine.CheckAsync(order, context.CancellationToken).ConfigureAwait(false);
        var status = await engine.GetStatusAsync(context.CancellationToken).ConfigureAwait(false);
        await context.LogAsync(JobLogLevel.Info, model is null ? $"Engine: {status.Label}" : $"Engine: {status.Label}, model {model}")
            .ConfigureAwait(false);
        var run = new TranscriptionRun(context, engine, order, model, audio);
        await run.RestoreAsync().ConfigureAwait(false);
        var transcript = await run.TranscribeAsync().ConfigureAwait(false);

        await context.BeginStageAsync("completed").ConfigureAwait(false);
        await LogAsync(context, transcript).ConfigureAwait(false);
        return new WorkloadOutcome(Document(transcript, Path.GetFileNameWithoutExtension(file.Name)));
    }

    public ResultDocument? Assemble(JsonElement input, IReadOnlyDictionary<int, PartialResult> partials)
    {
        List<SpeechSegment> segments = [.. partials.Values.Select(SpeechSegment.Of).OfType<SpeechSegment>()];
        if (segments.Count == 0)
            return null;
        var request = TranscriptionInput.Parse(input);
        return Document(Transcript.Of(request.Engine ?? options.Value.DefaultEngine, request.Language, duration: null, segments), "");
    }

    public ResultDocument Render(ResultDocument result, ResultForm form)
    {
        var text = TranscriptForms.Write(Transcript.FromJson(result.Body), form.Name);
        return new ResultDocument(
            form.ContentType,
            Path.ChangeExtension(result.FileName, TranscriptForms.Extension(form.Name)),
            Encoding.UTF8.GetBytes(text));
    }

    public async ValueTask<IReadOnlyList<EngineStatus>> GetEnginesAsync(CancellationToken cancellationToken)
    {
        List<EngineStatus> statuses = [];
        foreach (var engine in _engines)
        {
            var status = await engine.GetStatusAsync(cancellationToken).ConfigureAwait(false);
            // Ready, but for WAV alone.
            statuses.Add(status.Ready && !ffmpeg.IsInstalled
                ? status with { Hint = $"{FFmpeg.Install} (for anything but WAV)" }
                : status);
        }

        // Without a configured default it is the first that is ready.
        return options.Value.DefaultEngine is null ? [.. statuses.OrderBy(s => !s.Ready)] : statuses;
    }

    private async ValueTask<ITranscriber> EngineAsync(TranscriptionInput request, CancellationToken cancellationToken)
    {
        if (request.Engine is { } name)
        {
            return _engines.FirstOrDefault(engine => engine.Id == name) ?? throw new WorkloadException(
                "unknown_engine", $"'engine' is one of {string.Join(", ", _engines.Select(engine => engine.Id))}.") { Property = "engine" };
        }

        if (options.Value.DefaultEngine is not null)
            return _engines[0];
        // A grammar is PocketSphinx's alone; else the first that is ready, in the order of their quality.
        if (request.Grammar is not null)
            return _engines.Single(engine => engine.Id == "pocketsphinx");
        foreach (var engine in _engines)
        {
            if ((await engine.GetStatusAsync(cancellationToken).ConfigureAwait(false)).Ready)
                return engine;
        }

        return _engines[^1];
    }

    private static async Task LogAsync(WorkloadContext context, Transcript transcript)
    {
        if (transcript.Segments.Count == 0)
        {
            await context.LogAsync(JobLogLevel.Warning, "No speech was recognised").ConfigureAwait(false);
            return;
        }

        await context.LogAsync(JobLogLevel.Success, string.Create(
            CultureInfo.InvariantCulture,
            $"{Clock.Of(transcript.Duration)} of audio, {transcript.Segments.Count} segments with words")).ConfigureAwait(false);
    }

    private static ResultDocument Document(Transcript transcript, string name) =>
        new(TranscriptForms.JsonType, $"{(name.Length > 0 ? name : "transcript")}.json", transcript.ToJson());
}
