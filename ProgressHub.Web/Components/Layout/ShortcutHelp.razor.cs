using Microsoft.AspNetCore.Components;

namespace ProgressHub.Web.Components.Layout;

/// <summary>The keys that work on every page.</summary>
public sealed partial class ShortcutHelp
{
    private static readonly (string[] Keys, string What)[] Keys =
    [
        (["Ctrl", "K"], "Go to a page or a job (⌘ K on a Mac)"),
        (["/"], "To the search field of the page"),
        (["g", "h"], "Home"),
        (["g", "j"], "Jobs"),
        (["g", "c"], "Collections"),
        (["g", "a"], "Analysis"),
        (["g", "s"], "Settings"),
        (["?"], "This list"),
        (["Esc"], "Closes what is open"),
    ];

    /// <inheritdoc/>
    protected override string DialogId => "help";

    /// <summary>It is to go.</summary>
    [Parameter]
    public EventCallback OnClose { get; set; }
}
