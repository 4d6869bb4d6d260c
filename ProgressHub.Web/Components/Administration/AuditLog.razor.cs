using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using ProgressHub.AspNetCore.Accounts;
using ProgressHub.Core.Accounts;

namespace ProgressHub.Web.Components.Administration;

/// <summary>Who did what: narrowed, paged and taken away as a file. Nothing of it can be changed.</summary>
public sealed partial class AuditLog
{
    private const int PageSize = 50;
    private const int ShownOfId = 12;

    private IReadOnlyList<Account> _people = [];
    private IReadOnlyList<string> _actions = [];
    private AuditPage? _page;
    private string? _person = "";
    private string? _action = "";
    private DateOnly? _from;
    private DateOnly? _to;
    private long? _before;

    /// <summary>Whose part is shown first: the id of an account.</summary>
    [Parameter]
    public string? Person { get; set; }

    [Inject]
    private AccountDirectory Accounts { get; set; } = null!;

    [Inject]
    private AccountDatabase Database { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized() => _person = Person ?? "";

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        _people = await Accounts.ListAsync(CancellationToken.None);
        _actions = await Database.Audit.ListActionsAsync(CancellationToken.None);
        await ReadAsync();
    }

    private Task ShowAsync() => ActAsync(_ =>
    {
        _before = null;
        return ReadAsync();
    });

    private Task OlderAsync() => ActAsync(_ =>
    {
        _before = _page?.Next;
        return ReadAsync();
    });

    private async Task ReadAsync() => _page = await AuditEndpoint.PageAsync(
        Database.Audit,
        new AuditQuery
        {
            AccountId = Said(_person), Action = Said(_action), From = Start(_from), To = Start(_to?.AddDays(1)), Before = _before, Limit = PageSize,
        },
        CancellationToken.None);

    private string Export(string format)
    {
        var named = new Dictionary<string, string?> { ["format"] = format };
        if (Said(_person) is { } person)
            named["person"] = person;
        if (Said(_action) is { } action)
            named["action"] = action;
        if (_from is { } from)
            named["from"] = from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (_to is { } to)
            named["to"] = to.AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return QueryHelpers.AddQueryString("api/admin/audit", named);
    }

    private static string? Said(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string? Short(string? id) => id is { Length: > ShownOfId } ? $"{id[..ShownOfId]}…" : id;

    private static DateTimeOffset? Start(DateOnly? day) => day is { } date ? new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero) : null;
}
