namespace ProgressHub.Workloads.Translation.Segmentation;

/// <summary>An entry of a PO catalogue as it is read, line by line.</summary>
internal sealed class PoEntry
{
    private readonly List<Target> _targets = [];
    private string _keyword = "";
    private string _id = "";
    private string? _plural;

    public bool IsBegun => _keyword.Length > 0;

    public bool HasTargets => _targets.Count > 0;

    /// <summary>Adds a line of it.</summary>
    /// <param name="keyword">What it begins; empty where it goes on with what is begun.</param>
    /// <param name="quoted">Where its string is, with its quotes.</param>
    /// <param name="words">The string.</param>
    public void Add(string keyword, Span quoted, string words)
    {
        if (keyword.Length > 0)
            _keyword = keyword;
        switch (_keyword)
        {
            case "msgid":
                _id += words;
                break;
            case "msgid_plural":
                _plural += words;
                break;
            case not "msgctxt" when keyword.Length > 0:
                _targets.Add(new Target(quoted, words.Length > 0));
                break;
            case not "msgctxt" when _targets.Count > 0:
                var last = _targets[^1];
                _targets[^1] = new Target(new Span(last.Span.Start, quoted.End), last.IsFilled || words.Length > 0);
                break;
        }
    }

    /// <summary>Notes what of it is to be filled in; nothing of the header, whose <c>msgid</c> is empty.</summary>
    public void AddTo(PieceList pieces, Escaping escaping)
    {
        if (_id.Length == 0)
            return;
        foreach (var (index, target) in _targets.Index())
        {
            if (!target.IsFilled)
                pieces.Fill(target.Span, index > 0 ? _plural ?? _id : _id, escaping);
        }
    }

    private readonly record struct Target(Span Span, bool IsFilled);
}
