namespace ProgressHub.AspNetCore.Accounts;

/// <summary>Where people sign in. A host without pages registers none: its callers are all programs.</summary>
/// <param name="Path">The address, such as <c>/sign-in</c>; it takes in <c>to</c> where to go afterwards.</param>
internal sealed record SignInPage(string Path)
{
    /// <summary>The address that leads back to a page.</summary>
    public string To(HttpRequest request) =>
        $"{request.PathBase}{Path}?to={Uri.EscapeDataString(request.PathBase + request.Path + request.QueryString)}";

    /// <summary>Where to go afterwards, which is never another site.</summary>
    public static string Back(string? to) =>
        to is ['/', ..] and not ['/', '/' or '\\', ..] && !to.Any(char.IsControl) && Uri.IsWellFormedUriString(to, UriKind.Relative) ? to : "/";
}
