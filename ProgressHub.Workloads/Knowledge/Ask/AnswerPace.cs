using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Knowledge.Ask;

/// <summary>
/// How long a model takes over its answer, judged by how quickly its words come. How long the answer will be nobody knows:
/// what answers from passages are like says how much more is to come after what has come (<see cref="AnswerLengths"/>).
/// </summary>
internal sealed class AnswerPace
{
    public const string Stage = "generating_llm";

    /// <summary>
    /// What is taken to be left before the first word, when nobody knows whether it takes seconds or minutes: a bar that is too far
    /// ahead can't go back.
    /// </summary>
    public static readonly TimeSpan BeforeTheFirstWord = TimeSpan.FromSeconds(100);

    // The length of an answer of two or three paragraphs. A Chinese character says about as much as three Latin letters.
    private const int LatinCharacters = 1000;
    private const int CjkCharacters = 350;

    // Fewer words, or words for less than that, say nothing of how quickly they come; few do where they are slow.
    private const int FewestCharacters = 60;
    private static readonly TimeSpan ShortestTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongTime = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);


    private readonly WorkloadContext _context;
    private readonly int _expected;
    private readonly long _begun;
    private long? _first;
    private long _told;
    private int _characters;
    private int _atFirst;

    /// <summary>The stage begins.</summary>
    public AnswerPace(WorkloadContext context, AskLanguage language)
    {
        (_context, _expected) = (context, language == AskLanguage.Chinese ? CjkCharacters : LatinCharacters);
        _begun = context.Time.GetTimestamp();
    }

    /// <summary>The model is asked; also where it begins again.</summary>
    public void Wait()
    {
        (_first, _characters, _atFirst) = (null, 0, 0);
        _context.Expect(Stage, _context.Time.GetElapsedTime(_begun) + BeforeTheFirstWord);
    }

    /// <summary>Words have come.</summary>
    public void Add(string text)
    {
        var now = _context.Time.GetTimestamp();
        _characters += text.Length;
        if (_first is null)
            (_first, _atFirst) = (now, _characters);
        var since = _context.Time.GetElapsedTime(_first.Value, now);
        var measured = _characters - _atFirst;
        if (measured == 0 || (measured < FewestCharacters && since < LongTime) || since < ShortestTime || _context.Time.GetElapsedTime(_told, now) < Interval)
            return;
        _told = now;
        var more = AnswerLengths.More(_expected, _characters);
        _context.Expect(Stage, _context.Time.GetElapsedTime(_begun, now) + (since * (more / measured)), isMeasured: true);
    }
}
