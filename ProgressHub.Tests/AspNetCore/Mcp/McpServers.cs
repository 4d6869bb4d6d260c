using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Mcp;

/// <summary>A server whose calls become tasks at once, and whose callers say by a header who they are.</summary>
public class McpServers : WebServer
{
    /// <summary>By hand, for a client that takes tasks.</summary>
    internal McpWire Wire => field ??= new McpWire(Client);

    protected override Dictionary<string, string?> Settings => new()
    {
        ["Mcp:TaskAfter"] = "00:00:00", ["Mcp:MaxTextCharacters"] = "1000", ["Mcp:MaxBlobBytes"] = "1000",
    };

    /// <summary>The official client, connected with a protocol.</summary>
    internal Task<McpClient> ConnectAsync(string protocol, McpClientOptions? options = null)
    {
        options ??= new McpClientOptions();
        options.ProtocolVersion = protocol;
        var transport = new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = new Uri(Client.BaseAddress!, "/mcp"), TransportMode = HttpTransportMode.StreamableHttp,
        });
        return McpClient.CreateAsync(transport, options).Soon();
    }

    /// <summary>The text of a result.</summary>
    internal static string Text(CallToolResult result) => string.Join('\n', result.Content.OfType<TextContentBlock>().Select(block => block.Text));

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(static services => services.AddAuthentication(ByHeader.Name)
            .AddScheme<AuthenticationSchemeOptions, ByHeader>(ByHeader.Name, null));
    }

    private sealed class ByHeader(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        public const string Name = "ByHeader";

        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var owner = Request.Headers["X-Owner"].ToString();
            return Task.FromResult(owner == "nobody"
                ? AuthenticateResult.NoResult()
                : AuthenticateResult.Success(new AuthenticationTicket(
                    new ClaimsPrincipal(new ClaimsIdentity(
                        [new Claim(ClaimTypes.NameIdentifier, owner.Length > 0 ? owner : "local")], Name)), Name)));
        }
    }
}
