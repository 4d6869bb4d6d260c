using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Web.Components.Waiting;

/// <summary>
/// What may not begin now, for what is inside: at once where it was changed at this node, else within two seconds.
/// </summary>
public sealed partial class PausesNow
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private IReadOnlyList<QueuePause> _pauses = [];

    /// <summary>What is inside; it is given what is paused.</summary>
    [Parameter, EditorRequired]
    public RenderFragment<IReadOnlyList<QueuePause>> ChildContent { get; set; } = null!;

    [Inject]
    private QueuePauses Pauses { get; set; } = null!;

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        Pauses.Changed -= OnChanged;
        await base.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        Pauses.Changed += OnChanged;
        Follow(FollowAsync);
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await ReadAsync(cancellationToken);
            await Task.Delay(Look, Time, cancellationToken);
        }
    }

    private void OnChanged() => _ = InvokeAsync(async () =>
    {
        try
        {
            await ReadAsync(Gone);
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
    });

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var pauses = await Pauses.ReadAsync(cancellationToken);
            if (pauses.SequenceEqual(_pauses))
                return;
            _pauses = pauses;
            Changed();
        }
        catch (StorageUnavailableException)
        {
            // What was known last is shown until it can be read again.
        }
    }
}
