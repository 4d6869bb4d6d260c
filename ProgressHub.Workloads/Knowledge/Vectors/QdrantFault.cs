using System.Globalization;
using System.Security.Authentication;
using Grpc.Core;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Knowledge.Vectors;

/// <summary>
/// What a Qdrant server's refusals mean, in our words. Statuses are those of gRPC (grpc.io, "Status codes and their use");
/// Qdrant's own words are shown where it refuses the request itself.
/// </summary>
internal static class QdrantFault
{
    /// <summary>The code of a collection that is not there (any more).</summary>
    public const string Missing = "vector_store_collection_missing";

    private const int MaxReasonCharacters = 300;

    /// <summary>What a user is told.</summary>
    /// <param name="exception">What the client threw.</param>
    /// <param name="address">The server, as host and port.</param>
    public static WorkloadException Of(RpcException exception, string address) => exception.StatusCode switch
    {
        _ when CausesOf(exception).OfType<AuthenticationException>().Any() => new WorkloadException(
            "vector_store_untrusted",
            $"The certificate of Qdrant at {address} is not one that this machine trusts. Add its authority to the system's, or use one it has.",
            exception),
        _ when WasNoGrpc(exception) => new WorkloadException(
            "vector_store_failed",
            $"What answers at {address} is no gRPC server. Knowledge:Qdrant:Endpoint names Qdrant's gRPC port, which is 6334 unless it was "
            + "set otherwise, with https where it uses TLS.",
            exception),
        StatusCode.Unavailable or StatusCode.Aborted => new WorkloadException(
            "vector_store_unavailable",
            $"Qdrant at {address} can't be reached. See that it runs, and that Knowledge:Qdrant:Endpoint names its gRPC port "
            + "(6334 unless it was set otherwise).",
            exception) { IsTransient = true },
        StatusCode.DeadlineExceeded or StatusCode.Cancelled => new WorkloadException(
            "vector_store_unavailable", $"Qdrant at {address} did not answer in time. See whether it is overloaded.", exception)
        {
            IsTransient = true,
        },
        StatusCode.Unauthenticated or StatusCode.PermissionDenied => new WorkloadException(
            "vector_store_rejected_key", "Qdrant does not accept the API key; set Knowledge:Qdrant:ApiKey.", exception),
        StatusCode.ResourceExhausted => new WorkloadException("vector_store_busy", "Qdrant asks for a pause.", exception)
        {
            IsTransient = true,
            RetryAfter = PauseOf(exception),
        },
        StatusCode.NotFound => new WorkloadException(
            Missing, "The collection is not on the Qdrant server any more. Something else removes what is made there.", exception),
        StatusCode.Internal or StatusCode.Unknown or StatusCode.DataLoss => new WorkloadException(
            "vector_store_unavailable", $"Qdrant failed: {ReasonOf(exception)}", exception) { IsTransient = true },
        StatusCode.Unimplemented => new WorkloadException(
            "vector_store_failed", "The Qdrant server does not know this request; it must be 1.10 or later.", exception),
        _ => new WorkloadException("vector_store_failed", $"Qdrant refused the request: {ReasonOf(exception)}", exception),
    };

    /// <summary>An answer that lacks what was asked for.</summary>
    public static WorkloadException Unreadable(string what, Exception? exception = null) =>
        new("vector_store_failed", $"Qdrant's answer can't be read: {what}.", exception);

    /// <summary>Whether something else than a gRPC server answered: its REST port, a web server, or one that wants TLS.</summary>
    private static bool WasNoGrpc(RpcException exception) =>
        exception.Status.Detail.StartsWith("Bad gRPC response", StringComparison.Ordinal)
        || CausesOf(exception).OfType<HttpRequestException>().Any(cause => cause.HttpRequestError
            is HttpRequestError.SecureConnectionError or HttpRequestError.VersionNegotiationError or HttpRequestError.InvalidResponse
            or HttpRequestError.HttpProtocolError);

    private static IEnumerable<Exception> CausesOf(RpcException exception)
    {
        for (var cause = exception.Status.DebugException; cause is not null; cause = cause.InnerException)
            yield return cause;
    }

    /// <summary>How long a limited server asks to be left alone (its <c>retry-after</c>, in seconds).</summary>
    private static TimeSpan? PauseOf(RpcException exception) =>
        double.TryParse(exception.Trailers.GetValue("retry-after"), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        && seconds is >= 0 and < 3600
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static string ReasonOf(RpcException exception) => exception.Status.Detail switch
    {
        "" => "no reason given",
        { Length: > MaxReasonCharacters } reason => reason[..MaxReasonCharacters] + "…",
        var reason => reason,
    };
}
