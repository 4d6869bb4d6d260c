using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Components.Interop;
using ProgressHub.Web.Components.Live;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Pages;

/// <summary>How the pages look and tell of things, as this browser keeps it; and how long the server keeps jobs.</summary>
public sealed partial class SettingsPage : IAsyncDisposable
{
    private JsModule? _looks;
    private JsModule? _reader;
    private JsModule? _news;
    private string _appearance = "system";
    private string _density = "roomy";
    private string _zone = "";
    private string _notify = "none";

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Inject]
    private ReaderClock Clock { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private IOptions<ExecutionOptions> Execution { get; set; } = null!;

    [Inject]
    private WorkloadCatalog Workloads { get; set; } = null!;

    private static string Language => UiText.LanguageOf(CultureInfo.CurrentUICulture);

    private string NotifyHint => _notify switch
    {
        "denied" => UiText.Of("This browser was told not to show notifications of this site; its own settings can change that."),
        "none" => UiText.Of("This browser has no notifications for pages like this one: it may need HTTPS."),
        _ => UiText.Of("Only while the page is open and not looked at."),
    };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var module in (JsModule?[])[_looks, _reader, _news])
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
        (_looks, _reader, _news) = (new(Script, "./ui/appearance-choice.js"), new(Script, "./ui/reader.js"), new(Script, "./ui/notify.js"));
        _appearance = await _looks.CallAsync<string>("read") ?? "system";
        _density = await _looks.CallAsync<string>("read", "density") ?? "roomy";
        _zone = await _reader.CallAsync<string>("chosenZone") ?? "";
        _notify = await _news.CallAsync<string>("state") ?? "none";
        StateHasChanged();
    }

    private async Task ChooseAppearanceAsync(string? choice)
    {
        _appearance = choice ?? "system";
        if (_looks is { } looks)
            await looks.CallAsync<object>("choose", _appearance);
    }

    private async Task ChooseDensityAsync(string? choice)
    {
        _density = choice ?? "roomy";
        if (_looks is { } looks)
            await looks.CallAsync<object>("choose", _density, "density");
    }

    // A page speaks the language it was loaded in.
    private async Task ChooseLanguageAsync(string? language)
    {
        if (_reader is { } reader && UiText.Languages.Any(known => known.Name == language))
            await reader.CallAsync<object>("chooseLanguage", LanguageChoice.Cookie, LanguageChoice.CookieValue(language!));
    }

    private async Task ChooseZoneAsync(string? zone)
    {
        _zone = zone ?? "";
        if (_reader is not { } reader)
            return;
        await reader.CallAsync<object>("chooseZone", _zone);
        Clock.Use(await reader.CallAsync<string>("zone"));
    }

    private async Task ChooseNotifyAsync(bool on)
    {
        if (_news is { } news)
            _notify = await news.CallAsync<string>("choose", on) ?? "none";
    }
}
