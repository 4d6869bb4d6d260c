using Microsoft.AspNetCore.Components;
using ProgressHub.Web.Components.Connect;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Shared;

namespace ProgressHub.Web.Components.Pages;

/// <summary>How programs connect to this server, by language, to copy and to try.</summary>
public sealed partial class ConnectPage
{
    /// <summary>Which language.</summary>
    [Parameter, SupplyParameterFromQuery(Name = "in")]
    public string? In { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    private bool NeedsKey => Caller.Name is not null;

    private ConnectLanguage Language => ConnectLanguage.Of(In);

    private string Address => Navigation.BaseUri.TrimEnd('/');

    private TabLink[] Tabs => [.. ConnectLanguage.All.Select(language => new TabLink(language.Name, L[language.Label], language.Address))];

    private string TextOf(ConnectProgram program) =>
        NeedsKey ? AuthorizedSnippets.Program(Language.Name, program, Address) : Snippets.At(Address, program.Text);
}
