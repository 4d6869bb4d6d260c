using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Shared;

namespace ProgressHub.Web.Components.Layout;

/// <summary>Goes anywhere by a few letters: to a page, to begin a job, to a job by its title.</summary>
public sealed partial class CommandPalette
{
    private const int MostJobs = 8;

    private static readonly PaletteChoice[] Pages =
    [
        new("Home", "Page", "home", ""),
        new("Jobs", "Page", "list", "jobs"),
        new("Running jobs", "Page", "play", "jobs?state=running"),
        new("Failed jobs", "Page", "warning", "jobs?state=failed"),
        new("Jobs that need an answer", "Page", "question", "jobs?state=waitingForInput"),
        new("Collections", "Page", "books", "collections"),
        new("Analysis", "Page", "table", "analysis"),
        new("Connect", "Page", "terminal", "connect"),
        new("Settings", "Page", "settings", "settings"),
        new("Translate a text", "New job", "text", "?do=translate"),
        new("Transcribe recordings", "New job", "wave", "?do=transcribe"),
        new("Ask your documents", "New job", "search", "?do=ask"),
        new("Ask a table", "New job", "table", "?do=analyse"),
        new("Watch a program of your own", "New job", "terminal", "?do=external"),
    ];

    private PaletteChoice[] _choices = Pages;
    private string _wanted = "";
    private int _at;
    private int _searches;

    /// <inheritdoc/>
    protected override string DialogId => "palette";

    /// <summary>It is to go.</summary>
    [Parameter]
    public EventCallback OnClose { get; set; }

    [Inject]
    private JobService Jobs { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => SearchAsync("");

    private async Task SearchAsync(string? text)
    {
        _wanted = text ?? "";
        var search = ++_searches;
        var wanted = _wanted.Trim();
        PaletteChoice[] pages = [.. Pages.Where(page => page.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase))];
        IReadOnlyList<PaletteChoice> jobs = [];
        try
        {
            var found = await Jobs.ListAsync(
                new JobQuery { Owner = Caller.Owner, Text = wanted.Length == 0 ? null : wanted, Limit = MostJobs }, CancellationToken.None);
            jobs = [.. found.Items.Select(job => new PaletteChoice(job.Title, job.State.Label(), job.State.Icon(), $"jobs/{job.JobId}"))];
        }
        catch (StorageUnavailableException)
        {
            // The pages are there all the same.
        }

        if (search != _searches)
            return;
        _choices = wanted.Length == 0 ? [.. pages, .. jobs] : [.. jobs, .. pages];
        _at = 0;
    }

    private Task OnKey(KeyboardEventArgs pressed)
    {
        switch (pressed.Key)
        {
            case "ArrowDown" when _choices.Length > 0:
                _at = (_at + 1) % _choices.Length;
                break;
            case "ArrowUp" when _choices.Length > 0:
                _at = (_at + _choices.Length - 1) % _choices.Length;
                break;
            case "Enter" when _at < _choices.Length:
                return GoAsync(_choices[_at]);
        }

        return Task.CompletedTask;
    }

    private async Task GoAsync(PaletteChoice choice)
    {
        await OnClose.InvokeAsync();
        Navigation.NavigateTo(choice.Address);
    }

    /// <summary>Somewhere to go.</summary>
    private sealed record PaletteChoice(string Name, string Note, string Icon, string Address);
}
