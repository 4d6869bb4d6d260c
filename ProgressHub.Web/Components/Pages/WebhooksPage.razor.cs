using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace ProgressHub.Web.Components.Pages;

/// <summary>The webhooks of all of the reader's jobs. Which are listed stands in the address.</summary>
public sealed partial class WebhooksPage
{
    /// <summary>Only those that stand so.</summary>
    [SupplyParameterFromQuery(Name = "state")]
    public string? State { get; set; }

    /// <summary>Only those before this position.</summary>
    [SupplyParameterFromQuery(Name = "before")]
    public string? Before { get; set; }

    // Read by hand: one that is mistyped is the first page, not an error.
    private long? Position => long.TryParse(Before, NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before : null;
}
