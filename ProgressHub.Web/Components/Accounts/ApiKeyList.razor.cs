using Microsoft.AspNetCore.Components;
using ProgressHub.AspNetCore.Accounts;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Accounts;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Accounts;

/// <summary>The API keys of who has signed in: made, shown once, revoked.</summary>
public sealed partial class ApiKeyList
{
    private readonly HashSet<string> _scopes = [AccessScope.ReadJobs, AccessScope.WriteJobs];
    private IReadOnlyList<ApiKey>? _keys;
    private string _name = "";
    private int _days = 90;
    private string? _made;
    private string? _madeName;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private ApiKeys Keys { get; set; } = null!;

    [Inject]
    private AccountDirectory Accounts { get; set; } = null!;

    private IEnumerable<(string Scope, string Meaning)> Scopes
    {
        get
        {
            yield return (AccessScope.ReadJobs, UiText.Key("see your jobs, their results and events"));
            yield return (AccessScope.WriteJobs, UiText.Key("submit, cancel, answer and delete jobs, and upload files"));
            yield return (AccessScope.Documents, UiText.Key("use and change your collections and tables"));
            if (Caller.IsAdministrator)
                yield return (AccessScope.Admin, UiText.Key("see to accounts and read the metrics"));
        }
    }

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => TryAsync(LoadAsync);

    private async Task LoadAsync() => _keys = await Keys.ListAsync(Caller.Owner, CancellationToken.None);

    private Task CreateAsync() => TryAsync(async () =>
    {
        // The key that was made is shown once: it stays until there is another.
        var account = await Accounts.FindAsync(Caller.Owner, CancellationToken.None)
            ?? throw new InvalidOperationException("Who has signed in has no account.");
        var wanted = new NewKey(
            _name, [.. AccessScope.OfKeys.Where(_scopes.Contains)], _days == 0 ? null : Time.GetUtcNow().AddDays(_days));
        var (key, text) = await Keys.CreateAsync(account, wanted, null, CancellationToken.None);
        (_made, _madeName, _name) = (text, key.Name, "");
        await LoadAsync();
    });

    private Task RevokeAsync(ApiKey key) => TryAsync(async () =>
    {
        await Keys.RevokeAsync(key.Id, Caller.Owner, null, CancellationToken.None);
        await LoadAsync();
    });

    private void Choose(string scope, bool wanted)
    {
        if (wanted)
            _scopes.Add(scope);
        else
            _scopes.Remove(scope);
    }
}
