using Microsoft.AspNetCore.Components;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Shared;

namespace ProgressHub.Web.Components.Pages;

/// <summary>People, keys, quotas, usage and the audit log; to everybody but administrators there is no such page.</summary>
public sealed partial class AdminPage
{
    private static readonly string[] Views = ["people", "keys", "quotas", "usage", "audit"];

    /// <summary>Which view.</summary>
    [SupplyParameterFromQuery(Name = "tab")]
    public string? Tab { get; set; }

    /// <summary>Whose part of the audit log: the id of an account.</summary>
    [SupplyParameterFromQuery(Name = "person")]
    public string? Person { get; set; }

    [Inject]
    private ICaller Caller { get; set; } = null!;

    private string Shown => Array.IndexOf(Views, Tab) >= 0 ? Tab! : Views[0];

    private TabLink[] Tabs() =>
    [
        new("people", L["People"], "admin"),
        new("keys", L["API keys"], "admin?tab=keys"),
        new("quotas", L["Quotas"], "admin?tab=quotas"),
        new("usage", L["Usage"], "admin?tab=usage"),
        new("audit", L["Audit log"], "admin?tab=audit"),
    ];
}
