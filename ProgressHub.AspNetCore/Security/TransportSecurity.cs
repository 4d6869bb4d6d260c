using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace ProgressHub.AspNetCore.Security;

/// <summary>What the server believes of the way to it, where people sign in.</summary>
internal static class TransportSecurity
{
    /// <summary>Whether people sign in. Asked while endpoints are mapped, when what is wrong with the settings is not said yet.</summary>
    public static bool HasSignIn(this WebApplication app) =>
        Enum.TryParse<AuthMode>(app.Configuration[$"{AuthOptions.Section}:{nameof(AuthOptions.Mode)}"], ignoreCase: true, out var mode)
        && mode == AuthMode.Token;

    /// <summary>The same where services are made; a host that has no such settings has no sign-in.</summary>
    public static bool HasSignIn(this IServiceProvider services) =>
        services.GetService<IOptions<AuthOptions>>()?.Value.Mode == AuthMode.Token;

    /// <summary>
    /// Takes the client's address, scheme and host from proxies that are named, and from nobody else, and tells browsers to
    /// come by https alone once they have (RFC 6797).
    /// </summary>
    public static void UseTransportSecurity(this WebApplication app)
    {
        if (!app.HasSignIn())
            return;
        var proxies = app.Services.GetRequiredService<IOptions<AuthOptions>>().Value.TrustedProxies;
        if (proxies.Length > 0)
            app.UseForwardedHeaders(Trusting(proxies));
        app.UseHsts();
    }

    private static ForwardedHeadersOptions Trusting(string[] proxies)
    {
        // As many steps back as are named: the first that is not is the client.
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            if (IPAddress.TryParse(proxy, out var address))
                options.KnownProxies.Add(address);
            else
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
        }

        return options;
    }
}
