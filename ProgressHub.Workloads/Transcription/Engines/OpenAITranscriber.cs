using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;
using ProgressHub.Workloads.Transcription.Audio;

namespace ProgressHub.Workloads.Transcription.Engines;

/// <summary>
/// Any OpenAI-compatible endpoint. Long audio is cut at pauses into parts that stay below OpenAI's limit of 25 MB, and
/// each part is tried again on its own; an attempt after a crash goes on behind the last segment that was heard.
/// </summary>
[Experimental("MEAI001")]
internal sealed class OpenAITranscriber(
    OpenAISpeechEngine engine, SpeechCall call, TransientRetry retry, IOptions<TranscriptionOptions> options) : ITranscriber
{
    private const string Label = "OpenAI-compatible endpoint";

    // Streams tell no times of their own, so their parts are short: a part is then a segment.
    private const double StreamedPart = 30;
    private const double ShortestPart = 8;
    private const double Shortest = 0.1;

    public string Id => "openai";

    public ValueTask<EngineStatus> GetStatusAsync(CancellationToken cancellationToken) => ValueTask.FromResult(
        engine.Missing(null, null) is { } missing
            ? new EngineStatus(Id, Label, Ready: false, missing)
            : new EngineStatus(Id, $"{Label} ({engine.ModelFor(null)})", Ready: true));

    public ValueTask<string?> CheckAsync(TranscriptionOrder order, CancellationToken cancellationToken)
    {
        if (engine.Missing(order.Model, order.ApiKey) is { } missing)
            throw new WorkloadException("engine_unavailable", $"The engine 'openai' is not ready. {missing}") { Property = "engine" };
        if (order.Grammar is not null)
            throw new WorkloadException("unsupported_option", "A grammar is for PocketSphinx; this engine takes a prompt.") { Property = "grammar" };
        return ValueTask.FromResult(engine.ModelFor(order.Model));
    }

    public async Task<string?> TranscribeAsync(TranscriptionWork work, CancellationToken cancellationToken)
    {
        using var client = engine.Connect(work.Order.Model, work.Order.ApiKey);
        var hearing = new Hearing(work, client, Streams(work.Order));
        foreach (var part in Parts(work, hearing.Streamed))
        {
            work.Reached(part.StartSeconds, part.EndSeconds);
            hearing.Begin(part);
            await retry.RunAsync(
                token => HearAsync(hearing, token),
                (fault, delay) => new ValueTask(work.Warn(string.Create(
                    CultureInfo.InvariantCulture, $"Waits {delay.TotalSeconds:0.#} s and tries again: {fault.Message}"))),
                cancellationToken);
            work.Reached(part.EndSeconds, part.EndSeconds);
        }

        return hearing.Language ?? work.Order.Language;
    }

    /// <summary>What is to be sent, each part a request: stretches of speech with little silence between them.</summary>
    private List<AudioPiece> Parts(TranscriptionWork work, bool streamed)
    {
        var longest = streamed ? Math.Min(StreamedPart, options.Value.OpenAIPartSeconds) : options.Value.OpenAIPartSeconds;
        var from = (int)(work.ResumeAt * SpeechAudio.FramesPerSecond);
        List<AudioPiece> parts = [];
        foreach (var piece in SilenceSplitter.Split(work.Audio.Scan.Levels, ShortestPart, Math.Min(StreamedPart, longest)))
        {
            var open = piece with { Start = Math.Max(piece.Start, from) };
            if (open.End - open.Start < Shortest * SpeechAudio.FramesPerSecond)
                continue;
            if (!streamed && parts.Count > 0 && open.End - parts[^1].Start <= longest * SpeechAudio.FramesPerSecond)
                parts[^1] = parts[^1] with { End = open.End };
            else
                parts.Add(open);
        }

        return parts;
    }

    private async Task<bool> HearAsync(Hearing hearing, CancellationToken cancellationToken)
    {
        if (await hearing.HearAsync(call, cancellationToken))
            return true;
        // The server does not stream; from here on it is asked for whole answers.
        hearing.Streamed = false;
        return await hearing.HearAsync(call, cancellationToken);
    }

    private bool Streams(TranscriptionOrder order) => !order.Translates && (options.Value.OpenAIStreaming
        ?? engine.ModelFor(order.Model)?.StartsWith("gpt-", StringComparison.Ordinal) == true);

    private sealed class Hearing(TranscriptionWork work, ISpeechToTextClient client, bool streamed)
    {
        private AudioPiece _part;
        private double _heard = work.ResumeAt;
        private int _next = work.NextIndex;

        public bool Streamed { get; set; } = streamed;

        public string? Language { get; private set; }

        public void Begin(AudioPiece part)
        {
            _part = part;
            _heard = Math.Max(_heard, part.StartSeconds);
        }

        /// <summary>Sends what is left of the part; false where a stream was asked for and none came.</summary>
        public async Task<bool> HearAsync(SpeechCall call, CancellationToken cancellationToken)
        {
            // What was heard before a stream broke is not sent again.
            var start = _heard;
            if (_part.EndSeconds - start < Shortest)
                return true;
            var file = Path.Combine(work.Folder, "part.wav");
            await SpeechAudio.CutAsync(work.Audio.Path, start, _part.EndSeconds, file, cancellationToken);
            await using var audio = File.OpenRead(file);
            var asked = work.Order.Translates
                ? OpenAISpeechEngine.AskInEnglish(work.Order.Prompt, (float?)work.Order.Temperature)
                : OpenAISpeechEngine.Ask(work.Order.BaseLanguage, work.Order.Prompt, (float?)work.Order.Temperature, Streamed);
            var any = false;
            await foreach (var spoken in call.TranscribeAsync(client, audio, asked, Streamed, cancellationToken))
            {
                any = true;
                Language = spoken.Language ?? Language;
                await SaidAsync(spoken, start);
            }

            return any || !Streamed;
        }

        private async Task SaidAsync(SpokenText spoken, double offset)
        {
            var text = spoken.Text.Trim();
            if (text.Length == 0)
                return;
            var start = Math.Clamp(offset + (spoken.Start?.TotalSeconds ?? 0), _part.StartSeconds, _part.EndSeconds);
            var end = spoken.End is { } time ? Math.Clamp(offset + time.TotalSeconds, start, _part.EndSeconds) : _part.EndSeconds;
            await work.Heard(new SpeechSegment(_next++, null, start, end, text));
            _heard = Math.Max(_heard, end);
            work.Reached(end, _part.EndSeconds);
        }
    }
}
