using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace ProgressHub.Tests.Support;

/// <summary>
/// A real OpenID Connect provider (OpenIddict) on a loopback port. Whoever is sent there is signed in at once, as the
/// person a test says.
/// </summary>
internal sealed class IdentityProvider : IAsyncDisposable
{
    public const string ClientId = "progresshub";
    public const string ClientSecret = "of-the-tests-alone";
    public const string AdministratorRole = "hub-admins";

    private readonly WebApplication _app;
    private volatile ProviderPerson _person = new("0", "Nobody");

    private IdentityProvider(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>Who is at the browser.</summary>
    public ProviderPerson Person
    {
        get => _person;
        set => _person = value;
    }

    /// <summary>How often fresh tokens were asked for.</summary>
    public int Refreshes => Volatile.Read(ref _refreshes);

    /// <summary>How often somebody signed out there, with the token that says who.</summary>
    public int SignOuts => Volatile.Read(ref _signOuts);

    private int _refreshes;
    private int _signOuts;

    public static async Task<IdentityProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var database = $"provider-{Guid.NewGuid()}";
        builder.Services.AddDbContext<DbContext>(options => options.UseInMemoryDatabase(database).UseOpenIddict());
        builder.Services.AddOpenIddict()
            .AddCore(static core => core.UseEntityFrameworkCore().UseDbContext<DbContext>())
            .AddServer(Configure);
        builder.Services.AddAuthentication();
        var app = builder.Build();
        var provider = new IdentityProvider(app);
        app.UseAuthentication();
        app.MapMethods("/connect/authorize", ["GET", "POST"], provider.Authorize);
        app.MapPost("/connect/token", (Delegate)provider.IssueAsync);
        app.MapMethods("/connect/end", ["GET", "POST"], provider.End);
        await app.StartAsync();
        return provider;
    }

    /// <summary>Makes a server known to the provider.</summary>
    public async Task RegisterAsync(Uri server)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().CreateAsync(new OpenIddictApplicationDescriptor
        {
            ClientId = ClientId,
            ClientSecret = ClientSecret,
            ClientType = ClientTypes.Confidential,
            ConsentType = ConsentTypes.Implicit,
            RedirectUris = { new Uri(server, "/sign-in/provider/back") },
            PostLogoutRedirectUris = { new Uri(server, "/sign-out/provider/back") },
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.Endpoints.EndSession,
                Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.RefreshToken, Permissions.ResponseTypes.Code,
                Permissions.Scopes.Profile,
            },
            Requirements = { Requirements.Features.ProofKeyForCodeExchange },
        });
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void Configure(OpenIddictServerBuilder server)
    {
        server.SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token").SetEndSessionEndpointUris("connect/end");
        server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().AllowRefreshTokenFlow();
        server.RegisterScopes(Scopes.Profile, Scopes.OfflineAccess);
        server.AddEphemeralEncryptionKey().AddEphemeralSigningKey();

        // Ten seconds are what the server asks ahead of, so that it asks as soon as it looks.
        server.SetAccessTokenLifetime(TimeSpan.FromSeconds(10)).SetRefreshTokenReuseLeeway(TimeSpan.FromMinutes(1));
        server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().EnableTokenEndpointPassthrough()
            .EnableEndSessionEndpointPassthrough().DisableTransportSecurityRequirement();
    }

    private IResult Authorize(HttpContext context) => SignIn(context.GetOpenIddictServerRequest()!.GetScopes());

    private async Task<IResult> IssueAsync(HttpContext context)
    {
        var request = context.GetOpenIddictServerRequest()!;
        var shown = (await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal!;
        if (request.IsRefreshTokenGrantType())
        {
            Interlocked.Increment(ref _refreshes);
            if (!Person.MayStay || shown.GetClaim(Claims.Subject) != Person.Subject)
            {
                return Results.Forbid(
                    new AuthenticationProperties(new Dictionary<string, string?>
                    {
                        [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.InvalidGrant,
                    }),
                    [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
            }
        }

        return SignIn(shown.GetScopes());
    }

    private IResult End(HttpContext context)
    {
        if (context.GetOpenIddictServerRequest()?.IdTokenHint is { Length: > 0 })
            Interlocked.Increment(ref _signOuts);
        return Results.SignOut(
            new AuthenticationProperties { RedirectUri = "/" }, [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
    }

    private IResult SignIn(IEnumerable<string> scopes)
    {
        var person = Person;
        var identity = new ClaimsIdentity("provider", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, person.Subject).SetClaim(Claims.Name, person.Name);
        identity.SetClaims(Claims.Role, [.. person.Roles]);
        identity.SetScopes(scopes);
        identity.SetDestinations(static _ => [Destinations.AccessToken, Destinations.IdentityToken]);
        return Results.SignIn(new ClaimsPrincipal(identity), null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }
}

/// <summary>Somebody the provider knows.</summary>
/// <param name="Subject">What it calls them.</param>
/// <param name="Name">What they are called.</param>
internal sealed record ProviderPerson(string Subject, string Name)
{
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Whether it gives them fresh tokens.</summary>
    public bool MayStay { get; init; } = true;
}
