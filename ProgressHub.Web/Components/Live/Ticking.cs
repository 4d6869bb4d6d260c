using Microsoft.AspNetCore.Components;

namespace ProgressHub.Web.Components.Live;

/// <summary>A component that shows the passing of time: while it is told to, it renders itself, and only itself, once a second.</summary>
public abstract class Ticking : ComponentBase, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private ITimer? _timer;

    /// <summary>The clock.</summary>
    [Inject]
    protected TimeProvider Time { get; private set; } = null!;

    /// <summary>The moment that is shown, where it is not the present.</summary>
    [CascadingParameter]
    protected ReplayedTime? Replayed { get; set; }

    /// <summary>The moment that is shown.</summary>
    protected DateTimeOffset Now => Replayed?.At ?? Time.GetUtcNow();

    /// <summary>Whether time goes on.</summary>
    protected abstract bool IsTicking { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer?.Dispose();
        _timer = null;
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (!IsTicking || Replayed is not null)
            Dispose();
        else
            _timer ??= Time.CreateTimer(_ => InvokeAsync(StateHasChanged), null, Interval, Interval);
    }
}
