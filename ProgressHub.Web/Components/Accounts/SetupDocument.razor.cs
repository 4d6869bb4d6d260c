using Microsoft.AspNetCore.Components;
using ProgressHub.AspNetCore.Accounts;
using ProgressHub.Web.Localization;

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
        "invalid_name" => UiText.Of("A name has 1 to 64 letters, digits, or any of . _ - + @."),
        "invalid_password" => UiText.Of("A password has {0} to {1} characters.", Passwords.MinCharacters, Passwords.MaxCharacters),
        "name_taken" => UiText.Of("There is an account of that name already."),
        _ => UiText.Of("Too many tries came from your address. Wait a minute, then try again."),
    };
}
