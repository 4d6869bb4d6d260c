using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Accounts;

namespace ProgressHub.Web.Components.Administration;

/// <summary>The API keys of everybody, each with a way to end it.</summary>
public sealed partial class KeyRegister
{
    private IReadOnlyList<(ApiKey Key, string Owner)>? _keys;

    [Inject]
    private AspNetCore.Accounts.Administration Administration { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task LoadAsync() => _keys = await Administration.KeysAsync(CancellationToken.None);

    private Task RevokeAsync(ApiKey key) => ChangeAsync(by => Administration.RevokeKeyAsync(by, key.Id, CancellationToken.None));
}
