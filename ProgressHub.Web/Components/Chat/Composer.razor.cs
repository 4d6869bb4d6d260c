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
    private ElementReference _form;
    private ElementReference _field;
    private JsModule? _module;
    private JsModule? _drafts;

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

    /// <summary>
    /// Asks, under an idempotency key where there is one. Gives null once it is taken; otherwise why it is not, and what is written
    /// stays.
    /// </summary>
    [Parameter, EditorRequired]
    public Func<string, string?, Task<string?>> OnAsk { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    private string FieldId => $"ask-{Id}";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var module in (JsModule?[])[_module, _drafts])
        {
            if (module is not null)
                await module.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _drafts = new JsModule(Script, "./ui/drafts.js");
        await _drafts.CallAsync<object>("keep", _form);
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

        // At once: the next question may be written while this one is on its way. The browser keeps it until it is taken.
        _text = "";
        if (await AskAsync(text, isWritten: true))
            await _drafts!.CallAsync<object>("sent", FieldId, text);
        else if (_text.Length == 0)
            _text = text;
    }

    private async Task AskExampleAsync(string question) => await AskAsync(question, isWritten: false);

    private async Task<bool> AskAsync(string question, bool isWritten)
    {
        if (_busy)
            return false;
        _busy = true;
        try
        {
            // The browser has a key for what is written, so that it is asked once though it is sent again after a crash.
            var key = isWritten ? await _drafts!.CallAsync<string>("keyOf", FieldId) : null;
            _problem = await OnAsk(question, key);
            return _problem is null;
        }
        finally
        {
            _busy = false;
        }
    }
}
