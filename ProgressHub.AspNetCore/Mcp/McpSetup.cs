using Microsoft.Extensions.Options;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Server;
using ProgressHub.AspNetCore.Security;

namespace ProgressHub.AspNetCore.Mcp;

/// <summary>Registers and maps what agents use: <c>/mcp</c>, the Model Context Protocol over streamable HTTP.</summary>
internal static class McpSetup
{
    /// <summary>Where it is.</summary>
    public const string Path = "/mcp";

    // It logs each refusal as a failure, with what the client sent; what is one is logged by McpFaults.
    private const string Library = "ModelContextProtocol";

    public static IServiceCollection AddMcp(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<McpOptions>().BindConfiguration(McpOptions.Section).ValidateDataAnnotations();
        services.AddLogging(static logging => logging.AddFilter(Library, LogLevel.Critical));
        services.AddSingleton<ToolList>().AddSingleton<ToolCalls>().AddSingleton<JobTools>();
        services.AddSingleton<JobCalls>().AddSingleton<JobSubmissions>().AddSingleton<JobDialogue>().AddSingleton<JobWait>();
        services.AddSingleton<CallResults>().AddSingleton<RunningCalls>();
        services.AddSingleton<JobTasks>().AddSingleton<TaskRequests>();
        services.AddSingleton<JobNews>().AddSingleton<Subscriptions>().AddSingleton<SessionSubscriptions>();
        services.AddSingleton<JobResources>().AddSingleton<JobFileContents>();
        services.AddSingleton<McpFaults>().AddSingleton<IConfigureOptions<McpServerOptions>, McpServerSetup>();
        services.AddMcpServer().WithHttpTransport();
        services.AddOptions<HttpServerTransportOptions>().Configure<IOptions<McpOptions>, SessionSubscriptions>(ConfigureTransport);
        return services;
    }

    public static void MapMcp(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<IOptions<McpOptions>>().Value.Enabled)
            return;
        var auth = app.Services.GetRequiredService<IOptions<AuthOptions>>().Value;
        ((IEndpointRouteBuilder)app).MapMcp(Path)
            .RequireAuthorization()
            .WithMetadata(NeedsScope.Watching)
            .RequireCors(policy =>
            {
                policy.OpenTo(auth.AllowedOrigins);
                policy.WithExposedHeaders("Mcp-Session-Id");
            })
            .WithMetadata(new BodyLimit(app.Services.GetRequiredService<IOptions<LimitOptions>>()));
    }

    private static void ConfigureTransport(HttpServerTransportOptions transport, IOptions<McpOptions> options, SessionSubscriptions sessions)
    {
        // 2026-07-28 has no sessions: any request may go to any server. Older clients get one, and can cancel and be asked.
        transport.SessionMode = HttpServerSessionMode.StatefulForInitializeClients;
#pragma warning disable MCP9006 // Of sessions, which clients of older protocols have.
        transport.IdleTimeout = options.Value.SessionIdleTimeout;
        transport.MaxIdleSessionCount = options.Value.MaxIdleSessions;
        transport.RunSessionHandler = (_, server, cancellationToken) => sessions.RunAsync(server, cancellationToken);
#pragma warning restore MCP9006
    }
}
