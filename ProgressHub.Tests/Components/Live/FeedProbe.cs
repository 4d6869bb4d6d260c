using System.Threading.Channels;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using ProgressHub.Web.Components.Live;

namespace ProgressHub.Tests.Components.Live;

/// <summary>A live component that shows the last number of a channel.</summary>
internal sealed class FeedProbe : LiveComponent
{
    private int _last;

    [Parameter]
    public Channel<int> Feed { get; set; } = null!;

    /// <summary>What the loop waits for on its way out, where set.</summary>
    [Parameter]
    public Task Farewell { get; set; } = Task.CompletedTask;

    public int Renders { get; private set; }

    public int Seen { get; private set; }

    public int Loops { get; private set; }

    public void Restart(Channel<int> feed) => Follow(token => LoopAsync(feed, token));

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Restart(Feed);
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        Renders++;
        builder.AddContent(0, _last);
    }

    private async Task LoopAsync(Channel<int> feed, CancellationToken cancellationToken)
    {
        Loops++;
        try
        {
            await foreach (var number in feed.Reader.ReadAllAsync(cancellationToken))
            {
                if (number < 0)
                    throw new InvalidOperationException("A broken feed.");
                _last = number;
                Seen++;
                Changed();
            }
        }
        finally
        {
            await Farewell;
            Loops--;
        }
    }
}
