using System.Text.Json;
using Microsoft.AspNetCore.Components;
using ProgressHub.Web.Localization;
using ProgressHub.Workloads.Analysis.Sessions;

namespace ProgressHub.Web.Components.Chat;

/// <summary>The first rows of a session's table, and how they were read; what is wrong is corrected, and the file read again.</summary>
public sealed partial class ReadingPanel
{
    private const int MaxColumns = 50;
    private const int MaxCell = 60;
    private TablePreview? _preview;
    private ReadingDraft _draft = new();

    /// <summary>The session.</summary>
    [Parameter, EditorRequired]
    public string SessionId { get; set; } = "";

    /// <summary>Hears that the file was read in another way.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Inject]
    private TableReadings Readings { get; set; } = null!;

    private static int Shown(TablePreview preview) => Math.Min(MaxColumns, preview.Columns.Count);

    private static string Show(JsonElement cell)
    {
        var text = cell.ValueKind == JsonValueKind.Null ? "" : cell.ToString();
        return text.Length <= MaxCell ? text : $"{text[..(MaxCell - 1)]}…";
    }

    private Task ShowAsync() => TryAsync(async () => Take(await Readings.FindAsync(Caller.Owner, SessionId, CancellationToken.None)));

    private Task ReadAgainAsync() => TryAsync(async () =>
    {
        CountSubmission();
        Take(await Readings.ChangeAsync(Caller.Owner, SessionId, _draft.Reading(_preview!), static (_, _) => { }, CancellationToken.None));
        await OnChanged.InvokeAsync();
    });

    private void Take(TablePreview? preview)
    {
        _preview = preview;
        _draft = preview is null ? new() : ReadingDraft.Of(preview);
        Refusal = preview is null ? UiText.Of("This session was deleted; begin a new one under Analysis.") : null;
    }
}
