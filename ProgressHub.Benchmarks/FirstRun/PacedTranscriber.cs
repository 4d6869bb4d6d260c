using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Transcription.Engines;

namespace ProgressHub.Benchmarks.FirstRun;

/// <summary>An engine that hears as quickly as it is told to, a segment of ten seconds after another.</summary>
internal sealed class PacedTranscriber(TimeProvider time, double secondsPerSecond) : ITranscriber
{
    private const double Segment = 10;

    public string Id => "pocketsphinx";

    public ValueTask<EngineStatus> GetStatusAsync(CancellationToken cancellationToken) => new(new EngineStatus(Id, "paced", Ready: true));

    public ValueTask<string?> CheckAsync(TranscriptionOrder order, CancellationToken cancellationToken) => new((string?)null);

    public async Task<string?> TranscribeAsync(TranscriptionWork work, CancellationToken cancellationToken)
    {
        var total = (int)Math.Ceiling(work.Seconds / Segment);
        for (var i = 0; i < total; i++)
        {
            work.Reached(i * Segment, Math.Min(work.Seconds, (i + 1) * Segment));
            await Task.Delay(TimeSpan.FromSeconds(Segment * secondsPerSecond), time, cancellationToken);
            await work.Heard(new SpeechSegment(i, total, i * Segment, Math.Min(work.Seconds, (i + 1) * Segment), "words"));
        }

        return "en";
    }
}
