using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using ProgressHub.AspNetCore;
using ProgressHub.Core;
using ProgressHub.Tests.Support;
using System.Net;

namespace ProgressHub.Tests.Accounts;

/// <summary>What a server in which people sign in believes of the way to it.</summary>
public sealed class TransportSecurityTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("progresshub-transport-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Over_https_browsers_are_told_to_come_by_it_alone()
    {
        await using var app = await StartAsync();
        var plain = await AskAsync(app, "http");
        var secure = await AskAsync(app, "https");

        Assert.False(plain.Headers.Contains("Strict-Transport-Security"));
        Assert.Contains("max-age=", Assert.Single(secure.Headers.GetValues("Strict-Transport-Security")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, false), InlineData("10.0.0.0/8", false), InlineData("127.0.0.1", true), InlineData("127.0.0.0/8", true)]
    public async Task Only_a_proxy_that_is_named_is_believed(string? trusted, bool isBelieved)
    {
        await using var app = await StartAsync(trusted);

        var response = await AskAsync(app, "http", "https");

        Assert.Equal(isBelieved, response.Headers.Contains("Strict-Transport-Security"));
    }

    private async Task<WebApplication> StartAsync(string? trusted = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Auth:Mode"] = "Token", ["Auth:TrustedProxies:0"] = trusted, ["Storage:DataDirectory"] = _folder.FullName,
        }.Where(setting => setting.Value is not null));
        builder.WebHost.ConfigureKestrel(static kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.UseHttps(TestCertificate.Make()));
        });
        builder.Services.AddProgressHub();
        builder.Services.AddProgressHubApi();
        var app = builder.Build();
        app.MapProgressHub();
        await app.StartAsync();
        return app;
    }

    private static async Task<HttpResponseMessage> AskAsync(WebApplication app, string scheme, string? forwarded = null)
    {
        using var handler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = static (_, shown, _, _) => shown?.Subject == "CN=127.0.0.1" } };
        using var client = new HttpClient(handler) { Timeout = Patience.Limit };
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(app.Urls.Single(url => new Uri(url).Scheme == scheme)), "/health/live"));
        request.Headers.Host = "hub.example";
        if (forwarded is not null)
        {
            request.Headers.Add("X-Forwarded-Proto", forwarded);
            request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        }

        var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response;
    }
}
