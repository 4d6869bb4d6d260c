using System.ComponentModel.DataAnnotations;
using System.Net;

namespace ProgressHub.AspNetCore.Security;

/// <summary>Who may ask. Configuration section <c>Auth</c>.</summary>
internal sealed class AuthOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Auth";

    /// <summary>How callers are told apart.</summary>
    public AuthMode Mode { get; set; } = AuthMode.Local;

    /// <summary>
    /// Host names this server answers to besides localhost, 127.0.0.1 and [::1]; without a port. In mode
    /// <see cref="AuthMode.Token"/> an empty list is every name.
    /// </summary>
    public string[] AllowedHosts { get; set; } = [];

    /// <summary>Origins of other sites whose pages may use the API, such as <c>http://localhost:3000</c>.</summary>
    public string[] AllowedOrigins { get; set; } = [];

    /// <summary>Addresses and networks of reverse proxies whose <c>X-Forwarded-*</c> headers are believed, such as <c>10.0.0.0/8</c>.</summary>
    public string[] TrustedProxies { get; set; } = [];

    /// <summary>Others whose tokens let programs in.</summary>
    public TokenIssuer[] Issuers { get; set; } = [];

    /// <summary>How long a session lasts.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "365.00:00:00")]
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>After how many wrong passwords in a row an account is locked.</summary>
    [Range(1, 1000)]
    public int MaxFailures { get; set; } = 10;

    /// <summary>How long it is locked then.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LockoutTime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How many attempts to sign in one address may make a minute.</summary>
    [Range(1, 100_000)]
    public int SignInsPerMinute { get; set; } = 30;

    /// <summary>How long a ticket for a stream is good; a minute at most.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan TicketLifetime { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How many keys an account may have.</summary>
    [Range(1, 100_000)]
    public int KeysPerAccount { get; set; } = 100;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var host in AllowedHosts.Where(h => Uri.CheckHostName(h.Trim('[', ']')) == UriHostNameType.Unknown))
            yield return new ValidationResult($"Auth:AllowedHosts: '{host}' is not a host name.", [nameof(AllowedHosts)]);
        foreach (var proxy in TrustedProxies.Where(p => !IPNetwork.TryParse(p, out _) && !IPAddress.TryParse(p, out _)))
        {
            yield return new ValidationResult(
                $"Auth:TrustedProxies: '{proxy}' is neither an address nor a network such as 10.0.0.0/8.", [nameof(TrustedProxies)]);
        }

        foreach (var (index, issuer) in Issuers.Index())
        {
            if (issuer.Complaint() is { } complaint)
                yield return new ValidationResult($"Auth:Issuers:{index}: {complaint}.", [nameof(Issuers)]);
        }

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

    /// <summary>People sign in, programs bring keys or tokens.</summary>
    Token,
}
