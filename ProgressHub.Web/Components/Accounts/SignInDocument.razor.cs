using Microsoft.AspNetCore.Components;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Accounts;

/// <summary>Where one signs in.</summary>
public sealed partial class SignInDocument
{
    /// <summary>Where to go afterwards.</summary>
    [Parameter, EditorRequired]
    public string To { get; set; } = "/";

    /// <summary>Why the last try did not do; null for no try.</summary>
    [Parameter]
    public string? Failed { get; set; }

    /// <summary>Whether somebody has just signed out.</summary>
    [Parameter]
    public bool IsOut { get; set; }

    /// <summary>What the button of the provider says; null where there is no provider.</summary>
    [Parameter]
    public string? Provider { get; set; }

    private string? Message => Failed switch
    {
        null => IsOut ? UiText.Of("You are signed out.") : null,
        "busy" => UiText.Of("Too many tries came from your address. Wait a minute, then try again."),
        "provider" => UiText.Of("Signing in there did not work. Try again; if it stays, ask your administrator."),
        "disabled" => UiText.Of("This account is disabled. Ask your administrator."),
        _ => UiText.Of("The name or the password is wrong. After many wrong passwords an account is locked for a while."),
    };
}
