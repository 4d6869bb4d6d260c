namespace ProgressHub.AspNetCore.Security;

/// <summary>
/// Metadata of endpoints that let in, to read, whoever has opened a link to a job, without an account. Which jobs that is
/// good for is decided where jobs are found. Every other endpoint takes such a visitor for nobody.
/// </summary>
internal sealed class TakesVisitor
{
    private TakesVisitor()
    {
    }

    /// <summary>The one there is.</summary>
    public static TakesVisitor Instance { get; } = new();
}
