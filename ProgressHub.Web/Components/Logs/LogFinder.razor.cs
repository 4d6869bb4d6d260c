using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Logs;

/// <summary>Looks for a text in a log, as one types, and goes from one line that has it to the next.</summary>
public sealed partial class LogFinder : IDisposable
{
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _gone = new();
    private LogSearch? _search;
    private string _wanted = "";
    private int _typed;

    /// <summary>Reads the log.</summary>
    [Parameter, EditorRequired]
    public LogReader Reader { get; set; } = null!;

    /// <summary>The line to look from, from 1.</summary>
    [Parameter]
    public int From { get; set; } = 1;

    /// <summary>A line was found that is to be shown, by its number; null where the search is over.</summary>
    [Parameter]
    public EventCallback<int?> OnFound { get; set; }

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <summary>What is looked for; null for nothing.</summary>
    internal string? Text => _search?.Text;

    private bool HasFound => _search is { Count: > 0 };

    private string? FoundText => _search switch
    {
        null => null,
        { Count: 0, IsDone: false } => "…",
        { Count: 0 } => UiText.Of("None"),
        { } search => UiText.Of(
            "{0:N0} of {1:N0}{2}", search.Position, search.Count, search.Count == LogSearch.MostFound || !search.IsDone ? "+" : ""),
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <summary>Looks at a line that has just come.</summary>
    internal void Look(int number, LogEvent line)
    {
        if (_search is { IsDone: true } search)
            search.Look(number, line.Message);
    }

    private async Task SearchSoonAsync(string? text)
    {
        _wanted = text ?? "";
        var typed = ++_typed;
        try
        {
            await Task.Delay(TypingPause, Time, _gone.Token);
            if (typed == _typed)
                await SearchAsync();
        }
        catch (StorageUnavailableException)
        {
            // What was found so far stays; typing on looks again.
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
        }
    }

    // Goes to the first that is found as soon as it is; the others are counted meanwhile.
    private async Task SearchAsync()
    {
        _search = _wanted.Length == 0 ? null : new LogSearch(_wanted);
        if (_search is not { } search)
        {
            await OnFound.InvokeAsync(null);
            return;
        }

        var (number, from) = (0, From);
        for (long read = 0; read < Reader.ReadTo && number < LogIndex.MostLines;)
        {
            var (lines, last) = await Reader.PageAsync(read, _gone.Token);
            if (_search != search)
                return;
            if (last is null)
                break;
            read = last.Value;
            foreach (var line in lines)
                search.Look(++number, line.Message);
            if (search.Line is null && search.TryBegin(from))
                await OnFound.InvokeAsync(search.Line);
            StateHasChanged();
        }

        search.IsDone = true;
        if (search.Line is not null)
            return;
        search.Begin(from);
        await OnFound.InvokeAsync(search.Line);
    }

    private Task NextAsync() => _search?.Text == _wanted ? StepAsync(1) : Task.CompletedTask;

    // Enter submits the form, with Shift too, and so goes one on: two back make one.
    private Task OnKeyAsync(KeyboardEventArgs pressed) => pressed is { Key: "Enter", ShiftKey: true } ? StepAsync(-2) : Task.CompletedTask;

    private Task StepAsync(int by)
    {
        _search?.Step(by);
        return OnFound.InvokeAsync(_search?.Line);
    }
}
