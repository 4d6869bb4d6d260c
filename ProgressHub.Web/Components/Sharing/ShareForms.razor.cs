using Microsoft.AspNetCore.Components;
using ProgressHub.AspNetCore.Accounts;
using ProgressHub.AspNetCore.Accounts.Shares;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Sharing;

/// <summary>Shares a job with people and by links, and takes that back.</summary>
public sealed partial class ShareForms
{
    private const int ShownOpenings = 10;
    private IReadOnlyList<ShareView>? _shares;
    private string? _account;
    private ShareRight _right;
    private int _days = 7;
    private string? _link;

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobId JobId { get; set; }

    [Inject]
    private JobSharing Sharing { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    // Where somebody on a page comes from is not known.
    private Actor By => new(Caller.Owner, null);

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => TryAsync(LoadAsync);

    private static string NameOf(ShareView share) =>
        share.Account is { } account ? account.Name ?? UiText.Of("an account that is gone") : UiText.Of("Whoever has the link");

    private static string Opens(ShareView share) => share.Opens switch
    {
        0 => UiText.Of("Nobody has opened it yet."),
        1 => UiText.Of("Opened once."),
        _ => UiText.Of("Opened {0} times.", share.Opens),
    };

    private async Task LoadAsync() => _shares = await Sharing.ListAsync(JobId, Caller.Owner, CancellationToken.None);

    private Task ShareAsync() => TryAsync(async () =>
    {
        // An empty name would be a link.
        if (string.IsNullOrWhiteSpace(_account))
            return;
        _link = null;
        await Sharing.ShareAsync(JobId, By, new NewShare(_account, _right), CancellationToken.None);
        _account = null;
        await LoadAsync();
    });

    private Task MakeLinkAsync() => TryAsync(async () =>
    {
        var wanted = new NewShare(ExpiresAt: Time.GetUtcNow().AddDays(_days));
        var share = await Sharing.ShareAsync(JobId, By, wanted, CancellationToken.None);
        _link = share?.Link is { } link ? Navigation.BaseUri.TrimEnd('/') + link : null;
        await LoadAsync();
    });

    private Task RevokeAsync(ShareView share) => TryAsync(async () =>
    {
        _link = null;
        await Sharing.RevokeAsync(JobId, share.Id, By, CancellationToken.None);
        await LoadAsync();
    });
}
