using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Shared;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Layout;

/// <summary>Goes anywhere by a few letters: to a page, to begin a job, to a job by its title.</summary>
public sealed partial class CommandPalette
{
    private const int MostJobs = 8;

    private static readonly PaletteChoice[] Pages =
    [
        new(UiText.Key("Overview"), UiText.Key("Page"), "home", ""),
        new(UiText.Key("New job"), UiText.Key("Page"), "plus", "new"),
        new(UiText.Key("Jobs"), UiText.Key("Page"), "list", "jobs"),
        new(UiText.Key("Running jobs"), UiText.Key("Page"), "play", "jobs?state=running"),
        new(UiText.Key("Failed jobs"), UiText.Key("Page"), "warning", "jobs?state=failed"),
        new(UiText.Key("Jobs that need an answer"), UiText.Key("Page"), "question", "jobs?state=waitingForInput"),
        new(UiText.Key("Documents"), UiText.Key("Page"), "books", "collections"),
        new(UiText.Key("Tables"), UiText.Key("Page"), "table", "analysis"),
        new(UiText.Key("Queue"), UiText.Key("Page"), "clock", "queue"),
        new(UiText.Key("Schedules"), UiText.Key("Page"), "calendar", "schedules"),
        new(UiText.Key("New schedule"), UiText.Key("Page"), "calendar", "schedules/new"),
        new(UiText.Key("Webhooks"), UiText.Key("Page"), "send", "webhooks"),
        new(UiText.Key("Engines and health"), UiText.Key("Page"), "pulse", "engines"),
        new(UiText.Key("Connect"), UiText.Key("Page"), "terminal", "connect"),
        new(UiText.Key("Settings"), UiText.Key("Page"), "settings", "settings"),
        new(UiText.Key("Translate a text"), UiText.Key("New job"), "text", "?do=translate"),
        new(UiText.Key("Transcribe recordings"), UiText.Key("New job"), "wave", "?do=transcribe"),
        new(UiText.Key("Ask your documents"), UiText.Key("New job"), "search", "?do=ask"),
        new(UiText.Key("Ask a table"), UiText.Key("New job"), "table", "?do=analyse"),
        new(UiText.Key("Watch a program of your own"), UiText.Key("New job"), "terminal", "?do=external"),
    ];

    private PaletteChoice[] _choices = [];
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
        PaletteChoice[] pages = [.. Pages.Select(page => page with { Name = L[page.Name], Note = L[page.Note] }).Where(page => page.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase))];
        IReadOnlyList<PaletteChoice> jobs = [];
        try
        {
            var found = await Jobs.ListAsync(
                new JobQuery { Owner = Caller.Owner, Text = wanted.Length == 0 ? null : wanted, Limit = MostJobs }, CancellationToken.None);
            jobs = [.. found.Items.Select(job => new PaletteChoice(job.Title, job.Standing(), job.State.Icon(), $"jobs/{job.JobId}"))];
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
