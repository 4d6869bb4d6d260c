using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;
using ProgressHub.Workloads.Transcription.Audio;

namespace ProgressHub.Workloads.Transcription.Engines;

/// <summary>
/// PocketSphinx, which works offline. One process hears all pieces that are still to do; each line it writes is one of
/// them, its words with their times. A piece that it says nothing about, or whose words fit no grammar, is an empty segment.
/// </summary>
internal sealed class PocketSphinxTranscriber(
    PocketSphinxModel model, IOptions<TranscriptionOptions> options, TimeProvider time) : ITranscriber
{
    private const string Label = "PocketSphinx (offline, rough English)";
    private const string Install = "apt-get install pocketsphinx pocketsphinx-en-us";
    private const double ShortestPiece = 8;
    private const double LongestPiece = 15;

    public string Id => "pocketsphinx";

    private string Program => options.Value.PocketSphinx;

    public ValueTask<EngineStatus> GetStatusAsync(CancellationToken cancellationToken) => ValueTask.FromResult(
        IsReady ? new EngineStatus(Id, Label, Ready: true) { Options = ["en"] } : new EngineStatus(Id, Label, Ready: false, Install));

    public async ValueTask<string?> CheckAsync(TranscriptionOrder order, CancellationToken cancellationToken)
    {
        if (!IsReady)
            throw new WorkloadException("engine_unavailable", $"PocketSphinx is not installed here. Install it: {Install}.") { Property = "engine" };
        if (order.BaseLanguage is not (null or "en" or "eng"))
            throw new WorkloadException("unsupported_language", "PocketSphinx knows English only.") { Property = "language" };
        if (order.Prompt is not null)
            throw new WorkloadException("unsupported_option", "PocketSphinx takes no prompt; it takes a grammar.") { Property = "prompt" };
        if (order.Temperature is not null)
            throw new WorkloadException("unsupported_option", "PocketSphinx knows no temperature.") { Property = "temperature" };
        if (order.Grammar is { } grammar
            && await model.FindUnknownAsync(JsgfGrammar.Parse(grammar).Words, cancellationToken) is { } unknown)
        {
            throw new WorkloadException(
                "invalid_grammar", $"The grammar can't be used: PocketSphinx's dictionary does not have '{unknown}' (its words are in lower case).")
            {
                Property = "grammar",
            };
        }

        return null;
    }

    public async Task<string?> TranscribeAsync(TranscriptionWork work, CancellationToken cancellationToken)
    {
        var pieces = SilenceSplitter.Split(work.Audio.Scan.Levels, ShortestPiece, LongestPiece);
        var hearing = new Hearing(work, pieces);
        if (hearing.Open.Count == 0)
            return "en";

        hearing.Begin();
        var log = Path.Combine(work.Folder, "pocketsphinx.log");
        var result = await ChildProcess.FollowAsync(
            new ChildCommand(Program, await ArgumentsAsync(work, hearing, log, cancellationToken))
            {
                Folder = work.Folder,
            },
            line => PocketSphinxLine.Read(line) is var (index, words) ? hearing.HeardAsync(index, words) : Task.CompletedTask,
            _ => { },
            time,
            cancellationToken);

        // It ends with 0 also where it could not read the audio: without a single line it did not work.
        if (result.ExitCode != 0 || !hearing.HasHeard)
            throw await FailureAsync(result, log, cancellationToken);
        await hearing.FinishAsync();
        return "en";
    }

    private bool IsReady => ChildProcess.FindOnPath(Program) is not null && model.IsInstalled;

    private async Task<List<string>> ArgumentsAsync(
        TranscriptionWork work, Hearing hearing, string log, CancellationToken cancellationToken)
    {
        var control = new StringBuilder();
        foreach (var (index, piece) in hearing.Open)
            control.Append(CultureInfo.InvariantCulture, $"{Path.GetFileName(work.Audio.Path)} {piece.Start} {piece.End} u{index}\n");
        var list = Path.Combine(work.Folder, "pieces.ctl");
        await File.WriteAllTextAsync(list, control.ToString(), cancellationToken);

        List<string> arguments =
        [
            "-adcin", "yes", "-adchdr", SpeechAudio.HeaderBytes.ToString(CultureInfo.InvariantCulture),
            "-cepdir", Path.GetDirectoryName(work.Audio.Path)!, "-cepext", "", "-ctl", list,
            "-hmm", model.Acoustic, "-dict", model.Dictionary, "-cmn", "batch", "-hypseg", "/dev/stdout", "-logfn", log,
        ];
        if (work.Order.Grammar is { } grammar)
        {
            var file = Path.Combine(work.Folder, "grammar.jsgf");
            await File.WriteAllTextAsync(file, JsgfGrammar.Parse(grammar).Text, cancellationToken);
            return [.. arguments, "-jsgf", file];
        }

        return [.. arguments, "-lm", model.Language];
    }

    private static async Task<WorkloadException> FailureAsync(ChildResult result, string log, CancellationToken cancellationToken)
    {
        var lines = File.Exists(log) ? await File.ReadAllLinesAsync(log, cancellationToken) : [];
        var error = lines.FirstOrDefault(line => line.StartsWith("ERROR", StringComparison.Ordinal)) ?? result.Error.Split('\n')[0];
        var cause = new InvalidOperationException(error);
        if (error.Contains("jsgf", StringComparison.OrdinalIgnoreCase) || error.Contains("fsg", StringComparison.OrdinalIgnoreCase))
            return new WorkloadException("invalid_grammar", "PocketSphinx can't use the grammar.", cause) { Property = "grammar" };
        return new WorkloadException(
            "engine_failed", string.Create(CultureInfo.InvariantCulture, $"PocketSphinx heard nothing and ended with {result.ExitCode}."), cause);
    }

    /// <summary>Which pieces are heard already.</summary>
    private sealed class Hearing
    {
        private readonly TranscriptionWork _work;
        private readonly IReadOnlyList<AudioPiece> _pieces;
        private int _next;

        public Hearing(TranscriptionWork work, IReadOnlyList<AudioPiece> pieces)
        {
            _work = work;
            _pieces = pieces;
            Open = [.. pieces.Index().Where(p => !IsDone(p.Index, p.Item))];
        }

        /// <summary>The pieces that are to be heard.</summary>
        public IReadOnlyList<(int Index, AudioPiece Piece)> Open { get; }

        public bool HasHeard { get; private set; }

        public void Begin() => _work.Reached(Open[0].Piece.StartSeconds, Open[0].Piece.EndSeconds);

        public async Task HeardAsync(int index, IReadOnlyList<SpokenWord> words)
        {
            HasHeard = true;
            while (_next < Open.Count && Open[_next].Index < index)
                await TellAsync([]);
            if (_next < Open.Count && Open[_next].Index == index)
                await TellAsync(words);
        }

        public async Task FinishAsync()
        {
            while (_next < Open.Count)
                await TellAsync([]);
        }

        private async Task TellAsync(IReadOnlyList<SpokenWord> words)
        {
            var (index, piece) = Open[_next++];
            var segment = new SpeechSegment(index, _pieces.Count, 0, piece.EndSeconds - piece.StartSeconds, string.Join(' ', words.Select(w => w.Text)))
            {
                Words = words.Count == 0 ? null : words,
            };
            await _work.Heard(segment.Shifted(piece.StartSeconds));
            _work.Reached(piece.EndSeconds, _next < Open.Count ? Open[_next].Piece.EndSeconds : piece.EndSeconds);
        }

        // A piece of another cut would leave a gap or say something twice.
        private bool IsDone(int index, AudioPiece piece) =>
            _work.Done.TryGetValue(index, out var done) && (done.Total is null || done.Total == _pieces.Count)
            && Math.Abs(done.Start - piece.StartSeconds) < 0.005 && Math.Abs(done.End - piece.EndSeconds) < 0.005;
    }
}
