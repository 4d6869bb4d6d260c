using ProgressHub.Core.Progress;
using ProgressHub.Workloads.Transcription.Audio;

namespace ProgressHub.Workloads.Transcription;

/// <summary>
/// How much of the audio is heard. Between two words of an engine, which may be half a minute apart, it guesses from the
/// speed so far; a guess approaches the place where the engine will next be heard of and does not reach it.
/// </summary>
internal sealed class HearingProgress(IProgress<ProgressUpdate> progress, double total, TimeProvider time)
{
    // How many seconds of audio a second takes, before anything is known.
    private const double FirstSpeed = 2;
    private const double Nearly = 0.95;
    private readonly Lock _gate = new();
    private readonly long _begun = time.GetTimestamp();
    private double? _from;
    private double _reached;
    private double _next;
    private double _shown;
    private long _at = time.GetTimestamp();

    /// <summary>The audio is done up to one place, and the engine will be heard of again by another, in seconds.</summary>
    public void Reach(double seconds, double next)
    {
        lock (_gate)
        {
            _from ??= seconds;
            if (seconds > _reached)
            {
                _reached = seconds;
                _at = time.GetTimestamp();
            }

            _next = Math.Max(next, _reached);
            Show(_reached, estimated: false);
        }
    }

    /// <summary>Shows how far it probably is by now.</summary>
    public void Guess()
    {
        lock (_gate)
        {
            var step = _next - _reached;
            if (step <= 0)
                return;
            var elapsed = time.GetElapsedTime(_begun, _at).TotalSeconds;
            var heard = _reached - (_from ?? _reached);
            var speed = heard > 0 && elapsed > 0.5 ? heard / elapsed : FirstSpeed;
            var silent = time.GetElapsedTime(_at).TotalSeconds;
            Show(_reached + (step * Nearly * (1 - Math.Exp(-speed * silent / step))), estimated: true);
        }
    }

    private void Show(double seconds, bool estimated)
    {
        // A guess that went too far stands still until it is true.
        _shown = Math.Clamp(Math.Max(seconds, _shown), 0, total);
        progress.Report(new ProgressUpdate(
            Math.Round(_shown, 1), Math.Round(total, 1), $"Heard {Clock.Of(_shown)} of {Clock.Of(total)}", "seconds")
        {
            Estimated = estimated,
        });
    }
}
