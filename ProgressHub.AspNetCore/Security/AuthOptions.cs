using System.ComponentModel.DataAnnotations;

namespace ProgressHub.AspNetCore.Security;

/// <summary>Who may ask. Configuration section <c>Auth</c>.</summary>
internal sealed class AuthOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Auth";

    /// <summary>How callers are told apart.</summary>
    public AuthMode Mode { get; set; } = AuthMode.Local;

    /// <summary>Host names this server answers to besides localhost, 127.0.0.1 and [::1]; without a port.</summary>
    public string[] AllowedHosts { get; set; } = [];

    /// <summary>Origins of other sites whose pages may use the API, such as <c>http://localhost:3000</c>.</summary>
    public string[] AllowedOrigins { get; set; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Mode != AuthMode.Local)
            yield return new ValidationResult($"Auth:Mode: {Mode} comes later; until then use {AuthMode.Local}.", [nameof(Mode)]);
        foreach (var host in AllowedHosts.Where(h => Uri.CheckHostName(h.Trim('[', ']')) == UriHostNameType.Unknown))
            yield return new ValidationResult($"Auth:AllowedHosts: '{host}' is not a host name.", [nameof(AllowedHosts)]);
        foreach (var origin in AllowedOrigins.Where(o => !IsOrigin(o)))
        {
            yield return new ValidationResult(
                $"Auth:AllowedOrigins: '{origin}' is not an origin such as http://localhost:3000.", [nameof(AllowedOrigins)]);
        }
    }

    /// <summary>Whether a text is an origin: scheme, host and port, and nothing more.</summary>
    public static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && string.Equals(uri.GetLeftPart(UriPartial.Authority), text, StringComparison.OrdinalIgnoreCase);
}

/// <summary>How callers are told apart.</summary>
internal enum AuthMode
{
    /// <summary>One person on this machine; nobody signs in, and nobody else gets in.</summary>
    Local,

    /// <summary>Callers bring tokens.</summary>
    Token,
}
