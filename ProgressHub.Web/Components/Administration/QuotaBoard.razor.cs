using Microsoft.AspNetCore.Components;
using ProgressHub.AspNetCore.Accounts;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.Core.Accounts;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Quotas;
using ProgressHub.Web.Components.Accounts;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Administration;

/// <summary>What everybody is allowed, and what single accounts are in its place.</summary>
public sealed partial class QuotaBoard
{
    private IReadOnlyList<Row>? _people;
    private Account? _changing;
    private IReadOnlyList<QuotaDraft> _draft = [];

    [Inject]
    private AccountDirectory Accounts { get; set; } = null!;

    [Inject]
    private QuotaBook Quotas { get; set; } = null!;

    [Inject]
    private AspNetCore.Accounts.Administration Administration { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        List<Row> rows = [];
        foreach (var account in await Accounts.ListAsync(CancellationToken.None))
            rows.Add(new Row(account, await Quotas.OverridesOfAsync(account.Id, CancellationToken.None)));
        _people = rows;
    }

    private void Begin(Row person)
    {
        _changing = person.Account;
        _draft =
        [
            .. BoundWords.All.Select(bound => new QuotaDraft(bound, person.Own.ContainsKey(bound), person.Own.GetValueOrDefault(bound))),
        ];
    }

    private Task SaveAsync() => ChangeAsync(async by =>
    {
        if (_changing is not { } account)
            return;
        var named = new Dictionary<string, decimal?>();
        foreach (var entry in _draft.Where(entry => entry.Choice != QuotaChoice.AsEverybody))
            named[QuotaNames.Of(entry.Bound)] = entry.Choice == QuotaChoice.NoBound ? null : entry.Number ?? throw Unreadable(entry.Bound);
        await Administration.SetQuotaAsync(by, account.Id, QuotaNames.Read(named), CancellationToken.None);
        _changing = null;
    });

    private string Most(QuotaBound bound, decimal? most) => most is { } number ? BoundWords.Amount(bound, number) : L["no bound"];

    private static RefusedException Unreadable(QuotaBound bound) => new(
        StatusCodes.Status422UnprocessableEntity, "invalid_quota", UiText.Of("{0}: write a number.", BoundWords.Label(bound)));

    private sealed record Row(Account Account, IReadOnlyDictionary<QuotaBound, decimal?> Own);
}
