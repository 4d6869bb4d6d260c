using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Knowledge.Ask;

/// <summary>
/// How long a model takes over its answer, judged by how quickly its words come. How long the answer will be nobody knows: it
/// is taken to be as long as answers from passages are, and longer once it is.
/// </summary>
internal sealed class AnswerPace
{
    public const string Stage = "generating_llm";

    // The length of an answer of two or three paragraphs. A Chinese character says about as much as three Latin letters.
    private const int LatinCharacters = 1000;
    private const int CjkCharacters = 350;

    // Of an answer that is nearly as long as that, or longer, so much more is taken to come.
    private const double AtLeastMore = 0.15;

    // Fewer words, or words for less than that, say nothing of how quickly they come.
    private const int FewestCharacters = 60;
    private static readonly TimeSpan ShortestTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    // Before the first word nobody knows whether it takes seconds or minutes. A bar that is too far ahead can't go back.
    private static readonly TimeSpan BeforeTheFirstWord = TimeSpan.FromSeconds(100);

    private readonly WorkloadContext _context;
    private readonly int _expected;
    private readonly long _begun;
    private long? _first;
    private long _told;
    private int _characters;

    /// <summary>The stage begins.</summary>
    public AnswerPace(WorkloadContext context, AskLanguage language)
    {
        (_context, _expected) = (context, language == AskLanguage.Chinese ? CjkCharacters : LatinCharacters);
        _begun = context.Time.GetTimestamp();
    }

    /// <summary>The model is asked; also where it begins again.</summary>
    public void Wait()
    {
        (_first, _characters) = (null, 0);
        _context.Expect(Stage, _context.Time.GetElapsedTime(_begun) + BeforeTheFirstWord);
    }

    /// <summary>Words have come.</summary>
    public void Add(string text)
    {
        var now = _context.Time.GetTimestamp();
        _characters += text.Length;
        var since = _context.Time.GetElapsedTime(_first ??= now, now);
        if (_characters < FewestCharacters || since < ShortestTime || _context.Time.GetElapsedTime(_told, now) < Interval)
            return;
        _told = now;
        var more = Math.Max(_expected - _characters, AtLeastMore * _characters);
        _context.Expect(Stage, _context.Time.GetElapsedTime(_begun, now) + (since * (more / _characters)), isMeasured: true);
    }
}
