using System.Globalization;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Workloads.Inference;
using ProgressHub.Core.Workloads.Transcription.Audio;

namespace ProgressHub.Core.Workloads.Transcription.Engines;

/// <summary>
/// whisper.cpp as a process: an assertion in it ends that process and not the server. An attempt after a crash gives it
/// only what comes after the last segment that was heard.
/// </summary>
internal sealed class WhisperTranscriber(
    WhisperModels models, IOptions<TranscriptionOptions> options, TimeProvider time) : ITranscriber
{
    private const string Label = "Whisper (whisper.cpp, offline)";
    private const string Install = "cmake -B build && cmake --build build --target whisper-cli";

    // It looks at 30 s at a time, and says nothing of less than 0.1 s.
    private const double Window = 30;
    private const double Shortest = 0.1;

    public string Id => "whisper-cli";

    public ValueTask<EngineStatus> GetStatusAsync(CancellationToken cancellationToken)
    {
        if (!IsInstalled)
        {
            return ValueTask.FromResult(new EngineStatus(
                Id, Label, Ready: false,
                $"Build https://github.com/ggml-org/whisper.cpp ({Install}) and set Transcription:WhisperCli to the program."));
        }

        return ValueTask.FromResult(models.TryFind(null) is null
            ? new EngineStatus(Id, Label, Ready: false, models.Advice)
            : new EngineStatus(Id, Label, Ready: true) { Options = models.Names });
    }

    public ValueTask<string?> CheckAsync(TranscriptionOrder order, CancellationToken cancellationToken)
    {
        if (!IsInstalled)
        {
            throw new WorkloadException(
                "engine_unavailable", "whisper-cli is not here. Set Transcription:WhisperCli to the path of whisper.cpp's program.") { Property = "engine" };
        }

        if (order.Grammar is not null)
            throw new WorkloadException("unsupported_option", "A grammar is for PocketSphinx; whisper-cli takes a prompt.") { Property = "grammar" };
        var name = WhisperModels.NameOf(models.Find(order.Model));
        if (name.EndsWith(".en", StringComparison.Ordinal) && order.BaseLanguage is not (null or "en" or "eng"))
            throw new WorkloadException("unsupported_language", $"The Whisper model '{name}' knows English only.") { Property = "language" };
        return ValueTask.FromResult<string?>(name);
    }

    public async Task<string?> TranscribeAsync(TranscriptionWork work, CancellationToken cancellationToken)
    {
        var offset = work.ResumeAt;
        if (work.Seconds - offset < Shortest)
            return null;
        var audio = work.Audio.Path;
        if (offset > 0)
        {
            audio = Path.Combine(work.Folder, "rest.wav");
            await SpeechAudio.CutAsync(work.Audio.Path, offset, work.Seconds, audio, cancellationToken).ConfigureAwait(false);
        }

        var model = models.Find(work.Order.Model);
        var hearing = new Hearing(work, offset);
        var json = Path.Combine(work.Folder, "whisper");
        var result = await ChildProcess.FollowAsync(
            new ChildCommand(options.Value.WhisperCli, Arguments(work.Order, model, audio, json))
            {
                Folder = work.Folder,
                // Else an assertion that fails starts a debugger, which waits for somebody.
                Environment = new Dictionary<string, string> { ["GGML_NO_BACKTRACE"] = "1" },
            },
            line => WhisperOutput.ReadLine(line) is { } segment ? hearing.HeardAsync(segment) : Task.CompletedTask,
            line => hearing.Estimate(WhisperOutput.ReadProgress(line)),
            time,
            cancellationToken).ConfigureAwait(false);

        if (WhisperFaults.Of(result, WhisperModels.NameOf(model)) is { } fault)
            throw fault;
        json += ".json";
        var read = File.Exists(json)
            ? WhisperOutput.ReadJson(await File.ReadAllBytesAsync(json, cancellationToken).ConfigureAwait(false))
            : null;
        if (read is not var (segments, language))
            throw WhisperFaults.NoResult(result);
        // What the lines left out, the JSON has.
        foreach (var segment in segments.Skip(hearing.Count))
            await hearing.HeardAsync(segment).ConfigureAwait(false);
        return language;
    }

    private bool IsInstalled => ChildProcess.FindOnPath(options.Value.WhisperCli) is not null;

    private List<string> Arguments(TranscriptionOrder order, string model, string audio, string json)
    {
        var threads = options.Value.WhisperThreads is > 0 and var set ? set : Environment.ProcessorCount;
        List<string> arguments =
        [
            "-m", model, "-f", audio, "-l", order.BaseLanguage ?? (WhisperModels.NameOf(model).EndsWith(".en", StringComparison.Ordinal) ? "en" : "auto"),
            "-t", threads.ToString(CultureInfo.InvariantCulture), "-pp", "-np", "-oj", "-of", json,
        ];
        if (order.Temperature is { } temperature)
            arguments.AddRange(["-tp", temperature.ToString("0.###", CultureInfo.InvariantCulture)]);
        return order.Prompt is { } prompt ? [.. arguments, "--prompt", prompt] : arguments;
    }

    private sealed class Hearing(TranscriptionWork work, double offset)
    {
        private readonly int _first = work.NextIndex;
        private double _heard = work.ResumeAt;

        public int Count { get; private set; }

        public async Task HeardAsync(WhisperSegment segment)
        {
            // Its clock can run past the end of the audio, and stand still.
            var start = Math.Clamp(segment.Start + offset, 0, work.Seconds);
            var end = Math.Clamp(segment.End + offset, start, work.Seconds);
            await work.Heard(new SpeechSegment(_first + Count, null, start, end, segment.Text)).ConfigureAwait(false);
            Count++;
            Volatile.Write(ref _heard, end);
            work.Reached(end, Math.Min(end + Window, work.Seconds));
        }

        // What it says of its progress is far off at times; it counts as far as the window that it must be in.
        public void Estimate(double? fraction)
        {
            if (fraction is not { } part)
                return;
            var window = Math.Min(Volatile.Read(ref _heard) + Window, work.Seconds);
            work.Reached(Math.Min(offset + (part * (work.Seconds - offset)), window), window);
        }
    }
}
