using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>Puts the pieces of a file together again.</summary>
internal sealed class DocumentAssembly
{
    private readonly List<ReadItem> _items = [];
    private readonly List<Section> _sections = [];

    public IReadOnlyList<ReadItem> Items => _items;

    public void Add(DocumentPiece piece)
    {
        _sections.AddRange(piece.Sections);
        if (!piece.Last)
            return;
        _items.Add(Item(piece));
        _sections.Clear();
    }

    private ReadItem Item(DocumentPiece piece)
    {
        if (piece.Code is not null)
            return ReadItem.Failed(piece.Name, new WorkloadException(piece.Code, piece.Message ?? piece.Code));
        try
        {
            return ReadItem.Of(DocumentRules.Check(piece.Name, piece.Title, _sections, piece.Attributes ?? new Dictionary<string, string>()));
        }
        catch (WorkloadException fault)
        {
            return ReadItem.Failed(piece.Name, fault);
        }
    }
}
