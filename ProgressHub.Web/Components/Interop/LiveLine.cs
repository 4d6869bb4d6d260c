using Microsoft.JSInterop;

namespace ProgressHub.Web.Components.Interop;

/// <summary>What a page asks over its live connection to learn whether what it sent before has arrived (<c>ui/unsent.js</c>).</summary>
public static class LiveLine
{
    /// <summary>Does nothing: what is sent on a connection arrives in its order, and so the answer says it all.</summary>
    [JSInvokable]
    public static void Hear()
    {
        // Whoever hears this has heard what came before.
    }
}
