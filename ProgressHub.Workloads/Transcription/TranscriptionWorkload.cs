using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;
using ProgressHub.Workloads.Transcription.Audio;
using ProgressHub.Workloads.Transcription.Engines;
using ProgressHub.Workloads.Transcription.Formats;

namespace ProgressHub.Workloads.Transcription;

/// <summary>Turns speech into text, segment by segment, with one of several engines.</summary>
internal sealed class TranscriptionWorkload(
    IEnumerable<ITranscriber> engines, AudioPreparation preparation, FFmpeg ffmpeg, IOptions<TranscriptionOptions> options)
    : Workload<TranscriptionInput>
{
    // About what each takes of the time: to hear takes seconds where to convert takes hundredths of one.
    internal static StagePlan Plan { get; } = new(
        new Stage("uploading", "Uploading", 1),
        new Stage("preprocessing", "Preprocessing", 2),
        new Stage("transcribing", "Transcribing", 96),
        new Stage("completed", "Completing", 1));

    private readonly EngineChoice<ITranscriber> _engines = new(engines, engine => engine.Id, options.Value.DefaultEngine);

    public override string Kind => "transcription";

    public override string Description => "Turns the speech in audio and video files into text with times, as text, SRT, VTT or JSON.";

    public override StagePlan Stages => Plan;

    public override async ValueTask<WorkloadPlan> PlanAsync(TranscriptionInput input, string owner, CancellationToken cancellationToken)
    {
        var engine = await EngineAsync(input, cancellationToken);
        if (input.Language is { } language && !EngineInput.IsLanguage(language))
        {
            throw new WorkloadException(
                "unsupported_language", $"'{language}' is no language that is known here; say it by its code or name, such as de or German.") { Property = "language" };
        }

        await engine.CheckAsync(new TranscriptionOrder(input), cancellationToken);
        return new WorkloadPlan(Stages, engine.Id, Label) { HearsAudio = true };
    }

    public override async Task<WorkloadOutcome> RunAsync(TranscriptionInput input, WorkloadContext context)
    {
        await context.BeginStageAsync("uploading");
        var file = await context.ReceiveFileAsync(input.File);
        input = Reread(context);

        await context.BeginStageAsync("preprocessing");
        var audio = await preparation.PrepareAsync(context, file, input.Channels == "separate");
        context.SetInputSize(audio.Heard.Sum(heard => heard.Scan.Seconds));
        await CountAsync(context, audio.Whole.Scan.Seconds);

        await context.BeginStageAsync("transcribing");
        var engine = await EngineAsync(input, context.CancellationToken);
        var order = new TranscriptionOrder(input);
        var model = await engine.CheckAsync(order, context.CancellationToken);
        var status = await engine.GetStatusAsync(context.CancellationToken);
        await context.LogAsync(JobLogLevel.Info, model is null ? $"Engine: {status.Label}" : $"Engine: {status.Label}, model {model}");
        var run = new TranscriptionRun(context, engine, order, model, audio);
        await run.RestoreAsync();
        var transcript = await run.TranscribeAsync();

        await context.BeginStageAsync("completed");
        await LogAsync(context, transcript, audio.Whole.Scan);
        return new WorkloadOutcome(Document(transcript, Path.GetFileNameWithoutExtension(file.Name)));
    }

    /// <summary>Tells how much audio is heard: once a job, whichever attempt gets so far.</summary>
    /// <exception cref="WorkloadException"><c>quota_audio_minutes</c>: its owner's month does not leave as much.</exception>
    private static async Task CountAsync(WorkloadContext context, double seconds)
    {
        if (context.Usage.AudioSeconds is not null)
            return;
        var used = JobUsage.None with { AudioSeconds = Math.Round(seconds, 3) };
        context.RequireWithinQuota(context.Usage.Plus(used));
        await context.AddUsageAsync(used);
    }

    public override ResultDocument? Assemble(TranscriptionInput input, IReadOnlyDictionary<int, PartialResult> partials)
    {
        List<SpeechSegment> segments = [.. partials.Values.Select(SpeechSegment.Of).OfType<SpeechSegment>()];
        return segments.Count == 0
            ? null
            : Document(Transcript.Of(input.Engine ?? options.Value.DefaultEngine, input.Language, duration: null, segments), "");
    }

    public override ResultDocument Render(ResultDocument result, ResultForm form)
    {
        var text = TranscriptForms.Write(Transcript.FromJson(result.Body), form.Name);
        return new ResultDocument(
            form.ContentType,
            Path.ChangeExtension(result.FileName, TranscriptForms.Extension(form.Name)),
            Encoding.UTF8.GetBytes(text));
    }

    public override async ValueTask<IReadOnlyList<EngineStatus>> GetEnginesAsync(CancellationToken cancellationToken)
    {
        List<EngineStatus> statuses = [];
        foreach (var engine in _engines.All)
        {
            var status = await engine.GetStatusAsync(cancellationToken);
            // Ready, but for WAV alone.
            statuses.Add(status.Ready && !ffmpeg.IsInstalled
                ? status with { Hint = $"{FFmpeg.Install} (for anything but WAV)" }
                : status);
        }

        // Without a configured default it is the first that is ready.
        return options.Value.DefaultEngine is null ? [.. statuses.OrderBy(s => !s.Ready)] : statuses;
    }

    protected override WorkloadDescriptor Describe(WorkloadDescriptor inferred) => inferred with
    {
        MaxConcurrency = options.Value.MaxConcurrency,

        // A large model on a small machine is slower than the speaker.
        Timeout = TimeSpan.FromHours(24),
        ResultForms = TranscriptForms.All,
    };

    protected override void ShapeSchema(JsonObject schema)
    {
        _engines.NameIn(schema);

        // Jobs of the time when whisper.cpp's program was the engine may be run again.
        schema["properties"]!["engine"]!["enum"]!.AsArray().Add(TranscriptionInput.FormerWhisper);
    }

    private async ValueTask<ITranscriber> EngineAsync(TranscriptionInput input, CancellationToken cancellationToken)
    {
        if (input.Engine is not null || options.Value.DefaultEngine is not null)
            return _engines.Get(input.Engine);
        // A grammar is PocketSphinx's alone; else the first that is ready, in the order of their quality.
        if (input.Grammar is not null)
            return _engines.Get("pocketsphinx");
        foreach (var engine in _engines.All)
        {
            if ((await engine.GetStatusAsync(cancellationToken)).Ready)
                return engine;
        }

        return _engines.All[^1];
    }

    private static async Task LogAsync(WorkloadContext context, Transcript transcript, AudioScan scan)
    {
        if (transcript.Segments.Count == 0)
        {
            await context.LogAsync(JobLogLevel.Warning, SilenceSplitter.IsSilent(scan.Levels)
                ? string.Create(CultureInfo.InvariantCulture, $"No speech was recognised: the recording is silent (its loudest moments are at {scan.Loudest:0} dB)")
                : "No speech was recognised");
            return;
        }

        await context.LogAsync(JobLogLevel.Success, transcript.Segments.Count == 1
            ? $"{Clock.Of(transcript.Duration)} of audio, 1 segment with words"
            : string.Create(CultureInfo.InvariantCulture, $"{Clock.Of(transcript.Duration)} of audio, {transcript.Segments.Count} segments with words"));
    }

    private static ResultDocument Document(Transcript transcript, string name) =>
        new(TranscriptForms.JsonType, $"{(name.Length > 0 ? name : "transcript")}.json", transcript.ToJson());
}
