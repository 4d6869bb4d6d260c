using Microsoft.AspNetCore.Components;

namespace ProgressHub.Web.Components.Live;

/// <summary>
/// A component that shows something live. It runs one loop, on the renderer's context, so that the loop may change what
/// is rendered without a lock; it re-renders at most ten times a second; and disposing it cancels the loop and waits
/// until it has ended.
/// </summary>
public abstract class LiveComponent : ComponentBase, IAsyncDisposable
{
    /// <summary>The shortest time between two renderings that <see cref="Changed"/> asks for.</summary>
    public static readonly TimeSpan RenderInterval = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _gone = new();
    private CancellationTokenSource? _following;
    private Task _loop = Task.CompletedTask;
    private RenderThrottle? _throttle;

    /// <summary>The clock.</summary>
    [Inject]
    protected TimeProvider Time { get; private set; } = null!;

    /// <summary>Canceled when the component goes.</summary>
    protected CancellationToken Gone { get; private set; }

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        _throttle?.Dispose();
        await _loop;
        _gone.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Gone = _gone.Token;
        _throttle = new RenderThrottle(() => _ = InvokeAsync(StateHasChanged), RenderInterval, Time);
    }

    /// <summary>Asks for a rendering, soon; call it as often as anything changes.</summary>
    protected void Changed() => _throttle?.Request();

    /// <summary>
    /// Runs a loop until the component goes or another is begun; the one before is canceled and has ended by the time
    /// the next begins. An exception of the loop goes to the error boundary.
    /// </summary>
    protected void Follow(Func<CancellationToken, Task> loop)
    {
        _following?.Cancel();
        _following = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
        _loop = RunAsync(_loop, loop, _following);
    }

    private async Task RunAsync(Task before, Func<CancellationToken, Task> loop, CancellationTokenSource source)
    {
        try
        {
            await before;
            source.Token.ThrowIfCancellationRequested();
            await loop(source.Token);
        }
        catch (OperationCanceledException) when (source.IsCancellationRequested)
        {
        }
        catch (Exception failure)
        {
            await DispatchExceptionAsync(failure);
        }
        finally
        {
            if (_following == source)
                _following = null;
            source.Dispose();
        }
    }
}
