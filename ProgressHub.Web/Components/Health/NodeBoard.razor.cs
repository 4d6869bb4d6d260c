using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Nodes;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Health;

/// <summary>The servers that run the jobs, each with what it has to do; looked at again every few seconds.</summary>
public sealed partial class NodeBoard
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private IReadOnlyList<NodeStatus>? _nodes;
    private string? _error;

    [Inject]
    private INodeRegister Register { get; set; } = null!;

    [Inject]
    private INodes Self { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        Follow(LookAsync);
    }

    // Of S10.0.0.1:11111@158 the part by which people know it.
    private static string Address(string name) => name.Split('@')[0].TrimStart('S') is var address && address.Contains(':') ? address : "";

    private static string Count(int? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? "";

    private string StateOf(NodeState state) => state switch
    {
        NodeState.Joining => L["Joining"],
        NodeState.Up => L["Up"],
        NodeState.Stopping => L["Stopping"],
        _ => L["Gone"],
    };

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                _nodes = await Register.ListAsync(cancellationToken);
                _error = null;
            }
            catch (StorageUnavailableException unavailable)
            {
                _error = RefusalTexts.Of(HandlerFailure.Outage, unavailable.Message);
            }

            Changed();
            await Task.Delay(LookEvery, Time, cancellationToken);
        }
    }
}
