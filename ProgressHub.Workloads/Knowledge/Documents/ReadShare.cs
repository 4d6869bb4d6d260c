namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>Tells how much of a file is read, in so many steps or in fewer: a piece of a document that holds nothing else.</summary>
/// <param name="name">What the file's document is called.</param>
/// <param name="write">Where pieces go.</param>
internal sealed class ReadShare(string name, Action<DocumentPiece> write)
{
    /// <summary>How far apart two reports are, at least.</summary>
    public const double Step = 0.02;

    private double _told;

    /// <summary>Tells a share, 0..1, where it is some way beyond the one before.</summary>
    public void Tell(double share)
    {
        if (share - _told < Step)
            return;
        _told = share;
        write(new DocumentPiece(name, [], Last: false) { Share = share });
    }
}
