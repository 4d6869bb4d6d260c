using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace ProgressHub.Web.Components.Layout;

/// <summary>Where one can go: a rail at the side, on a phone a bar at the bottom with the rarer pages behind a button.</summary>
public sealed partial class MainMenu : IDisposable
{
    // Another page closes what is open: its element is made anew.
    private int _visit;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose() => Navigation.LocationChanged -= Close;

    /// <inheritdoc/>
    protected override void OnInitialized() => Navigation.LocationChanged += Close;

    private void Close(object? sender, LocationChangedEventArgs change)
    {
        _visit++;
        _ = InvokeAsync(StateHasChanged);
    }
}
