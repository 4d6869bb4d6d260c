using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Transcription.Audio;

namespace ProgressHub.Workloads.Transcription.Engines;

/// <summary>
/// whisper.cpp in a process of its own: a malformed model ends that and not the server. Silence is not given to it, since
/// it makes words up there, and an attempt after a crash gives it only what comes after the last segment that was heard.
/// </summary>
internal sealed class WhisperTranscriber(
    WhisperModels models, WhisperWorkers workers, IOptions<TranscriptionOptions> options, TimeProvider time) : ITranscriber
{
    /// <summary>Its name.</summary>
    public const string EngineId = "whisper";

    private const string Label = "Whisper (whisper.cpp, offline)";
    private const double LongestPart = 600;
    private const double LongestSilence = 30;
    private const double Shortest = 0.1;

    public string Id => EngineId;

    public ValueTask<EngineStatus> GetStatusAsync(CancellationToken cancellationToken) => ValueTask.FromResult(
        models.TryFind(null) is null
            ? new EngineStatus(Id, Label, Ready: false, models.Advice)
            : new EngineStatus(Id, Label, Ready: true) { Options = models.Names });

    public ValueTask<string?> CheckAsync(TranscriptionOrder order, CancellationToken cancellationToken)
    {
        if (order.Model is null && models.TryFind(null) is null)
            throw new WorkloadException("engine_unavailable", $"The engine 'whisper' has no model. {models.Advice}") { Property = "engine" };
        if (order.Grammar is not null)
            throw new WorkloadException("unsupported_option", "A grammar is for PocketSphinx; Whisper takes a prompt.") { Property = "grammar" };
        var name = WhisperModels.NameOf(models.Find(order.Model));
        if (WhisperModels.IsEnglishOnly(name) && order.BaseLanguage is not (null or "en" or "eng"))
            throw new WorkloadException("unsupported_language", $"The Whisper model '{name}' knows English only.") { Property = "language" };
        if (SpokenLanguage.CodeForWhisper(order.BaseLanguage) is null && order.BaseLanguage is not null)
            throw new WorkloadException("unsupported_language", $"Whisper does not know the language '{order.Language}'.") { Property = "language" };
        return ValueTask.FromResult<string?>(name);
    }

    public async Task<string?> TranscribeAsync(TranscriptionWork work, CancellationToken cancellationToken)
    {
        var parts = Parts(work);
        if (parts.Count == 0)
            return null;
        var model = models.Find(work.Order.Model);
        var request = new WhisperRequest(
            model, Path.GetFullPath(work.Audio.Path), [.. parts.Select(p => new WhisperPart(p.StartSeconds, p.EndSeconds))], LanguageOf(work.Order, model), Threads)
        {
            Translates = work.Order.Translates,
            Prompt = work.Order.Prompt,
            Temperature = (float?)work.Order.Temperature,
        };
        var hearing = new WhisperHearing(work, request.Parts);
        var watch = new WhisperWatch(WhisperModels.NameOf(model), model, options.Value, time);
        return await watch.RunAsync((heard, token) => AskAsync(request, hearing, heard, token), cancellationToken);
    }

    private int Threads => options.Value.WhisperThreads is > 0 and var set ? set : Math.Max(1, Environment.ProcessorCount / options.Value.MaxConcurrency);

    private static string? LanguageOf(TranscriptionOrder order, string model) =>
        SpokenLanguage.CodeForWhisper(order.BaseLanguage) ?? (WhisperModels.IsEnglishOnly(WhisperModels.NameOf(model)) ? "en" : null);

    /// <summary>What is to be heard: stretches with at most half a minute of silence within, short enough to fit into memory.</summary>
    private static List<AudioPiece> Parts(TranscriptionWork work)
    {
        var from = (int)(work.ResumeAt * SpeechAudio.FramesPerSecond);
        List<AudioPiece> parts = [];
        foreach (var piece in SilenceSplitter.Split(work.Audio.Scan.Levels, LongestPart / 2, LongestPart))
        {
            var open = piece with { Start = Math.Max(piece.Start, from) };
            if (open.EndSeconds - open.StartSeconds < Shortest)
                continue;
            if (parts.Count > 0 && open.EndSeconds - parts[^1].StartSeconds <= LongestPart && open.StartSeconds - parts[^1].EndSeconds <= LongestSilence)
                parts[^1] = parts[^1] with { End = open.End };
            else
                parts.Add(open);
        }

        return parts;
    }

    private async Task<string?> AskAsync(WhisperRequest request, WhisperHearing hearing, Action<WhisperNews> heard, CancellationToken cancellationToken)
    {
        var news = Channel.CreateBounded<WhisperNews>(new BoundedChannelOptions(256) { SingleReader = true, SingleWriter = true });
        var taking = TakeAsync();
        try
        {
            var reply = await workers.RunAsync(
                request,
                message =>
                {
                    var told = JsonSerializer.Deserialize(message, WhisperJson.Default.WhisperNews)!;
                    heard(told);

                    // Full, the worker waits, as it does for a pipe that nobody empties.
                    if (!news.Writer.TryWrite(told))
                        news.Writer.WriteAsync(told, cancellationToken).AsTask().GetAwaiter().GetResult();
                },
                cancellationToken);
            return JsonSerializer.Deserialize(reply, WhisperJson.Default.WhisperReply)!.Language;
        }
        finally
        {
            // What was heard before a failure counts.
            news.Writer.TryComplete();
            await taking;
        }

        async Task TakeAsync()
        {
            try
            {
                await foreach (var told in news.Reader.ReadAllAsync(CancellationToken.None))
                    await hearing.TakeAsync(told);
            }
            catch
            {
                // Nothing empties it any more, and whoever fills it must not wait.
                while (await news.Reader.WaitToReadAsync(CancellationToken.None))
                    _ = news.Reader.TryRead(out _);
                throw;
            }
        }
    }
}
