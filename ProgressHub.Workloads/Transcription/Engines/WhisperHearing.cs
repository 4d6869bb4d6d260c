namespace ProgressHub.Workloads.Transcription.Engines;

/// <summary>What a Whisper worker tells, told on: segments with the numbers of this job, and how far it is.</summary>
internal sealed class WhisperHearing(TranscriptionWork work, IReadOnlyList<WhisperPart> parts)
{
    // It looks at 30 s at a time.
    private const double Window = 30;
    private int _next = work.NextIndex;
    private double _reached = work.ResumeAt;

    public async Task TakeAsync(WhisperNews news)
    {
        if (news.Loaded)
            Reach(parts[0].Start);
        if (news.Reached is { } reached)
            Reach(reached);
        if (news.Segment is not { } segment)
            return;

        // Its clock can run past the end of the audio, and stand still.
        var start = Math.Clamp(segment.Start, 0, work.Seconds);
        var end = Math.Clamp(segment.End, start, work.Seconds);
        var text = segment.Text.Trim() is var trimmed && trimmed == "[BLANK_AUDIO]" ? "" : trimmed;
        await work.Heard(new SpeechSegment(_next++, null, start, end, text)
        {
            Words = text.Length == 0 ? null : [.. segment.Words.Select(w => w.Within(start, end))],
        });
        Reach(end);
    }

    private void Reach(double seconds)
    {
        _reached = Math.Clamp(seconds, _reached, work.Seconds);
        work.Reached(_reached, Math.Min(_reached + Window, work.Seconds));
    }
}
