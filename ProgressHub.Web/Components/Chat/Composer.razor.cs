using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProgressHub.Web.Components.Interop;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Chat;

/// <summary>Where a question is written, or chosen from examples.</summary>
public sealed partial class Composer : IAsyncDisposable
{
    // As much as the workload takes.
    private const int MaxQuestion = 2000;

    private string _text = "";
    private bool _busy;
    private string? _problem;
    private ElementReference _field;
    private JsModule? _module;

    /// <summary>Tells the fields of two conversations on one page apart.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    /// <summary>What is asked, for a screen reader.</summary>
    [Parameter]
    public string About { get; set; } = "";

    /// <summary>What could be asked.</summary>
    [Parameter]
    public IReadOnlyList<string> Suggestions { get; set; } = [];

    /// <summary>Whether nothing was asked yet, so that examples matter more.</summary>
    [Parameter]
    public bool IsFirst { get; set; }

    /// <summary>Asks. Gives null once it is taken; otherwise why it is not, and what is written stays.</summary>
    [Parameter, EditorRequired]
    public Func<string, Task<string?>> OnAsk { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    private string FieldId => $"ask-{Id}";

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _module?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _module = new JsModule(Script, "./ui/composer.js");
        await _module.CallAsync<object>("attach", _field);
    }

    private async Task SubmitAsync()
    {
        if (_busy)
            return;
        var text = _text.Trim();
        if (text.Length == 0)
        {
            _problem = UiText.Of("Ask something first.");
            return;
        }

        // At once: the next question may be written while this one is on its way.
        _text = "";
        if (!await AskAsync(text) && _text.Length == 0)
            _text = text;
    }

    private async Task<bool> AskAsync(string question)
    {
        if (_busy)
            return false;
        _busy = true;
        try
        {
            _problem = await OnAsk(question);
            return _problem is null;
        }
        finally
        {
            _busy = false;
        }
    }
}
