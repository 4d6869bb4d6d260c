using Microsoft.AspNetCore.Components;
using ProgressHub.AspNetCore.Accounts;
using ProgressHub.Core.Accounts;

namespace ProgressHub.Web.Components.Accounts;

/// <summary>Where the first administrator is made.</summary>
public sealed partial class SetupDocument
{
    /// <summary>The code of the link; null where it is good for nothing.</summary>
    [Parameter, EditorRequired]
    public string? Code { get; set; }

    /// <summary>Why the last try did not do; null for no try.</summary>
    [Parameter]
    public string? Failed { get; set; }

    private string? Message => Failed switch
    {
        null or "code" => null,
        "invalid_name" => $"{AccountNames.Rule}.",
        "invalid_password" => $"A password has {Passwords.MinCharacters} to {Passwords.MaxCharacters} characters.",
        "name_taken" => "There is an account of that name already.",
        _ => "Too many tries came from your address. Wait a minute, then try again.",
    };
}
