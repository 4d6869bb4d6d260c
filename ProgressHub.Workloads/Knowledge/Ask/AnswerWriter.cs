using System.Text;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Knowledge.Ask;

/// <summary>
/// Delivers an answer as it is written: whole sentences, cleaned, a piece at most every so often, so that a model's tokens
/// do not become an event each. An answer that begins again takes the place of the one before, piece by piece.
/// </summary>
internal sealed class AnswerWriter(WorkloadContext context, CitedPassages citations, bool inPieces = true)
{
    /// <summary>Piece 0 is what was found.</summary>
    public const int FirstPiece = 1;

    // What has no end of a sentence for so long is let go as it is.
    private const int LongestHeld = 2000;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(150);

    private readonly StringBuilder _held = new();
    private readonly StringBuilder _answer = new();
    private int _next = FirstPiece;
    private int _reached = LastRestored(context);
    private long _last = context.Time.GetTimestamp();

    /// <summary>What has been delivered.</summary>
    public string Answer => _answer.ToString();

    /// <summary>Takes the next words.</summary>
    public async ValueTask WriteAsync(string text)
    {
        _held.Append(text);
        if (!inPieces)
            return;
        var isDue = context.Time.GetElapsedTime(_last) >= Interval;
        while (_held.Length > LongestHeld)
            await DeliverAsync(LongestHeld);
        if (isDue && End(_held) is var end and > 0)
            await DeliverAsync(end);
    }

    /// <summary>Forgets what was written: the answer begins again.</summary>
    public void Restart()
    {
        _held.Clear();
        _answer.Clear();
        _next = FirstPiece;
    }

    /// <summary>Delivers the rest, and empties what an earlier, longer answer has left.</summary>
    public async ValueTask EndAsync()
    {
        while (_held.Length > 0)
            await DeliverAsync(inPieces ? Math.Min(_held.Length, LongestHeld) : _held.Length);
        for (var index = _next; index <= _reached; index++)
            await context.PartialAsync(new PartialResult(index, null) { Text = "" });
    }

    private async ValueTask DeliverAsync(int length)
    {
        var text = AnswerSanitizer.Clean(_held.ToString(0, length), citations.Count);
        _held.Remove(0, length);

        // What was cut apart must not become a link or a tag where it meets again.
        if (_answer.Length > 0 && text.Length > 0 && (_answer[^1], text[0]) is (']', '(' or ':' or '[') or ('!', '[') or ('<', _))
            text = $" {text}";
        _last = context.Time.GetTimestamp();
        if (text.Length == 0)
            return;
        _answer.Append(text);
        await context.PartialAsync(new PartialResult(_next, null) { Text = text });
        _reached = Math.Max(_reached, _next++);
    }

    /// <summary>Where the last sentence ends that is whole: not within brackets or angles, which may become something.</summary>
    private static int End(StringBuilder held)
    {
        var (end, square, round, angle) = (0, 0, 0, 0);
        for (var i = 0; i < held.Length - 1; i++)
        {
            switch (held[i])
            {
                case '[': square++; break;
                case ']' when square > 0: square--; break;
                case '(': round++; break;
                case ')' when round > 0: round--; break;
                case '<': angle++; break;
                case '>' when angle > 0: angle--; break;
            }

            var ends = held[i] is '\n' or '。' or '！' or '？' || (held[i] is '.' or '!' or '?' && held[i + 1] is ' ' or '\n');
            if (ends && square + round + angle == 0)
                end = i + 1;
        }

        return end;
    }

    private static int LastRestored(WorkloadContext context) =>
        context.RestoredPartials.Keys.DefaultIfEmpty(0).Max();
}
