using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using ProgressHub.AspNetCore.Problems;

namespace ProgressHub.AspNetCore.Mcp;

/// <summary>
/// Stands around every handler: what a caller may be told becomes the protocol's error with its words, anything else a line
/// in the log and an error without any.
/// </summary>
internal sealed partial class McpFaults(ILogger<McpFaults> logger)
{
    public McpRequestHandler<TParams, TResult> Around<TParams, TResult>(McpRequestHandler<TParams, TResult> handler) =>
        async (context, cancellationToken) =>
        {
            try
            {
                return await handler(context, cancellationToken);
            }
            catch (Exception failure) when (ProblemMapping.OfRefusal(failure) is { } problem)
            {
                throw new McpProtocolException($"{problem.Detail} ({problem.Code})", failure, McpErrorCode.InternalError);
            }
            catch (Exception failure) when (failure is not (McpException or InputRequiredException or OperationCanceledException))
            {
                LogFailed(failure);
                throw new McpProtocolException("The server failed; its log says why.", McpErrorCode.InternalError);
            }
        };

    [LoggerMessage(LogLevel.Error, "A request to /mcp failed.")]
    private partial void LogFailed(Exception failure);
}
