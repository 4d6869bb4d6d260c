using Microsoft.AspNetCore.Components;

namespace ProgressHub.Web.Components.Accounts;

/// <summary>The document around the pages that are there before anybody has signed in: whole as sent, without a script.</summary>
public sealed partial class AccountDocument
{
    /// <summary>What the page is for.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>The page.</summary>
    [Parameter, EditorRequired]
    public RenderFragment ChildContent { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string BasePath => new Uri(Navigation.BaseUri).AbsolutePath;
}
