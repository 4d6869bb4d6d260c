using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Health;

/// <summary>An engine, which can be tested: by a small job of its own where one can be made for it, else by asking it again.</summary>
public sealed partial class EngineRow : IDisposable
{
    private const int MostOptions = 12;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource _gone = new();
    private JobSnapshot? _test;
    private bool _asked;

    /// <summary>The kind of jobs it does.</summary>
    [Parameter, EditorRequired]
    public string Kind { get; set; } = "";

    /// <summary>The engine.</summary>
    [Parameter, EditorRequired]
    public EngineStatus Engine { get; set; } = null!;

    /// <summary>Its state is to be asked for again.</summary>
    [Parameter]
    public EventCallback OnAskAgain { get; set; }

    [Inject]
    private EngineTest Tests { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    private Task TestAsync() => TryAsync(async () =>
    {
        (_test, _asked) = (null, false);
        await OnAskAgain.InvokeAsync();
        if (!Engine.Ready || await Tests.PrepareAsync(Kind, Engine, Caller.Owner) is not { } trial)
        {
            _asked = true;
            return;
        }

        try
        {
            _test = (await SubmitAsync(Kind, trial.Input, L["Test of {0}", ServerWords.Engine(Engine.Label)])).Snapshot;
            await FollowAsync();
        }
        finally
        {
            if (trial.CleanUpAsync is { } cleanUp)
                await cleanUp();
        }
    });

    private async Task FollowAsync()
    {
        var until = Time.GetUtcNow() + Longest;
        try
        {
            while (_test is { IsFinal: false } test && Time.GetUtcNow() < until)
            {
                StateHasChanged();
                _test = await Jobs.WaitAsync(test.JobId, Caller.Owner, test.Seq, Look, _gone.Token);
            }
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
        }
    }
}
