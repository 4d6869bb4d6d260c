using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProgressHub.Web.Components.Hosting;

namespace ProgressHub.Web.Components.Accounts;

/// <summary>Who has signed in, and the way out; nothing where nobody signs in.</summary>
public sealed partial class UserMenu
{
    [Inject]
    private ICaller Caller { get; set; } = null!;

    private static string Initial(string name) => StringInfo.GetNextTextElement(name).ToUpperInvariant();
}
