namespace ProgressHub.Web.Components.Hosting;

/// <summary>The one owner of a server without sign-in.</summary>
internal sealed class LocalCaller : ICaller
{
    public string Owner => "local";
}
