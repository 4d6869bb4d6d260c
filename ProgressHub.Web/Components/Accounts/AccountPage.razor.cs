using Microsoft.AspNetCore.Components;
using ProgressHub.Web.Components.Hosting;

namespace ProgressHub.Web.Components.Accounts;

/// <summary>The account of who has signed in: its keys and its sessions.</summary>
public sealed partial class AccountPage
{
    [Inject]
    private ICaller Caller { get; set; } = null!;
}
