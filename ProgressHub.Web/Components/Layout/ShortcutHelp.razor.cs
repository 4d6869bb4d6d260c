using Microsoft.AspNetCore.Components;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Layout;

/// <summary>The keys that work on every page.</summary>
public sealed partial class ShortcutHelp
{
    private static readonly (string[] Keys, string What)[] Keys =
    [
        (["Ctrl", "K"], UiText.Key("Go to a page or a job (⌘ K on a Mac)")),
        (["/"], UiText.Key("To the search field of the page")),
        (["g", "h"], UiText.Key("Overview")),
        (["g", "j"], UiText.Key("Jobs")),
        (["g", "c"], UiText.Key("Documents")),
        (["g", "a"], UiText.Key("Tables")),
        (["g", "s"], UiText.Key("Settings")),
        (["?"], UiText.Key("This list")),
        (["Esc"], UiText.Key("Closes what is open")),
    ];

    /// <inheritdoc/>
    protected override string DialogId => "help";

    /// <summary>It is to go.</summary>
    [Parameter]
    public EventCallback OnClose { get; set; }
}
