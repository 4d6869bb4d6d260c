using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProgressHub.AspNetCore.Accounts;
using ProgressHub.Core.Accounts;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Accounts;

/// <summary>
/// The whole server in mode Token on a real port and with real databases, with a provider and an issuer beside it. One for
/// all tests that need one: each makes users of its own.
/// </summary>
public sealed partial class TokenServer : WebApplicationFactory<Program>
{
    internal const string Password = "correct horse battery";
    private static int s_users;

    public TokenServer()
    {
        Provider = IdentityProvider.StartAsync().GetAwaiter().GetResult();
        Issuer = TokenIssuerStand.StartAsync().GetAwaiter().GetResult();
        UseKestrel(0);
        StartServer();
        Provider.RegisterAsync(Address).GetAwaiter().GetResult();
        Anonymous = Client();
        Administrator = UserAsync(AccountRole.Administrator).GetAwaiter().GetResult();
    }

    internal DirectoryInfo Data { get; } = Directory.CreateTempSubdirectory("progresshub-token-");

    /// <summary>All that the server has logged.</summary>
    internal CapturedLogs Logs { get; } = new();

    internal IdentityProvider Provider { get; }

    internal TokenIssuerStand Issuer { get; }

    internal Uri Address => ClientOptions.BaseAddress;

    /// <summary>Nobody.</summary>
    internal HttpClient Anonymous { get; }

    /// <summary>Somebody who sees to the accounts.</summary>
    internal TokenUser Administrator { get; }

    /// <summary>A client that follows no redirects and keeps its cookies to itself.</summary>
    internal HttpClient Client(string? bearer = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = Address, Timeout = Patience.Limit,
        };
        if (bearer is not null)
            client.DefaultRequestHeaders.Authorization = new("Bearer", bearer);
        return client;
    }

    /// <summary>Somebody new, with a key for everything.</summary>
    internal async Task<TokenUser> UserAsync(AccountRole role = AccountRole.User)
    {
        var name = $"user{Interlocked.Increment(ref s_users)}";
        var account = await Services.GetRequiredService<AccountDirectory>().CreateAsync(name, Password, role, CancellationToken.None);
        string[] scopes = role == AccountRole.Administrator
            ? ["jobs:read", "jobs:write", "documents", "admin"]
            : ["jobs:read", "jobs:write", "documents"];
        var (id, key) = await KeyAsync(account, scopes);
        return new TokenUser(account, id, key, Client(key));
    }

    /// <summary>A key of an account's; its id, and itself.</summary>
    internal async Task<(string Id, string Key)> KeyAsync(Account account, params string[] scopes)
    {
        var (key, text) = await Services.GetRequiredService<ApiKeys>().CreateAsync(
            account, new NewKey("tests", scopes), null, CancellationToken.None);
        return (key.Id, text);
    }

    /// <summary>A browser in which somebody has signed in by the page.</summary>
    internal async Task<HttpClient> SignInAsync(string name, string password = Password)
    {
        var browser = Client();
        using var response = await PostFormAsync(browser, "/sign-in", null, ("name", name), ("password", password));
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal("/", response.Headers.Location!.OriginalString);
        return browser;
    }

    /// <summary>The latest entries of the audit log.</summary>
    internal Task<IReadOnlyList<AuditEntry>> Audit() =>
        Services.GetRequiredService<AccountDatabase>().Audit.ListAsync(new AuditQuery { Limit = 200 }, CancellationToken.None);

    /// <summary>Sends a form with the token that is in a page; to the page's own address unless told otherwise.</summary>
    internal static async Task<HttpResponseMessage> PostFormAsync(
        HttpClient browser, string page, string? to, params (string Name, string Value)[] fields)
    {
        var token = FormToken().Match(await browser.GetStringAsync(page)).Groups["token"].Value;
        Assert.NotEqual("", token);
        using var form = new FormUrlEncodedContent(
            fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        return await browser.PostAsync(to ?? page.Split('?')[0], form);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.ConfigureLogging(logging => logging.AddProvider(Logs));
        builder.ConfigureAppConfiguration(configuration => configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Logging:LogLevel:ProgressHub"] = "Debug",
            ["Auth:Mode"] = "Token",
            ["Auth:SignInsPerMinute"] = "10000",
            ["Auth:Issuers:0:Authority"] = Issuer.Address,
            ["Auth:Issuers:0:Audience"] = TokenIssuerStand.Audience,
            ["Auth:Issuers:0:RoleClaim"] = "role",
            ["Auth:Issuers:0:AdministratorRole"] = "boss",
            ["Auth:Oidc:Authority"] = Provider.Address,
            ["Auth:Oidc:ClientId"] = IdentityProvider.ClientId,
            ["Auth:Oidc:ClientSecret"] = IdentityProvider.ClientSecret,
            ["Auth:Oidc:Label"] = "Sign in with the tests' provider",
            ["Auth:Oidc:RoleClaim"] = "role",
            ["Auth:Oidc:AdministratorRole"] = IdentityProvider.AdministratorRole,
            ["Storage:DataDirectory"] = Data.FullName,
        }));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing || !Data.Exists)
            return;
        Provider.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Issuer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Data.Delete(recursive: true);
    }

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="(?<token>[^"]+)""")]
    private static partial Regex FormToken();
}

/// <summary>Somebody with an account, and a client that shows a key of theirs.</summary>
internal sealed record TokenUser(Account Account, string KeyId, string Key, HttpClient Client)
{
    public string Id => Account.Id;

    public string Name => Account.Name;
}

/// <summary>The tests that share the server.</summary>
[CollectionDefinition(Name)]
public sealed class TokenCollection : ICollectionFixture<TokenServer>
{
    public const string Name = "token mode";
}
