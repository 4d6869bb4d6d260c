using Microsoft.AspNetCore.Components;

namespace ProgressHub.Web.Components.Watching;

/// <summary>
/// Whether what is shown is up to date. That the browser has lost the server is something the server can't render: the
/// page's own script then marks the document, and the style shows the other word.
/// </summary>
public sealed partial class ConnectionIndicator
{
    /// <summary>How the page stands with the feed.</summary>
    [Parameter, EditorRequired]
    public FeedConnection Connection { get; set; }

    private string Text => Connection switch
    {
        FeedConnection.Live => "Live",
        FeedConnection.Interrupted => "Interrupted, trying again",
        _ => "Ended",
    };
}
