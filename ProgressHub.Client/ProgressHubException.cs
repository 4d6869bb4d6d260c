using System.Net;

namespace ProgressHub.Client;

/// <summary>The server refused, could not be reached, or did not answer in time.</summary>
public sealed class ProgressHubException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="code">A stable identifier: the server's, or <c>unreachable</c>, <c>timeout</c>, <c>invalid_answer</c>.</param>
    /// <param name="message">What happened, for a person.</param>
    /// <param name="innerException">What it comes from.</param>
    public ProgressHubException(string code, string message, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    /// <summary>A stable identifier in snake_case, such as <c>job_not_found</c>.</summary>
    public string Code { get; }

    /// <summary>The HTTP status; null where there was no answer.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>The property of the request at fault, where the server names one.</summary>
    public string? Property { get; init; }

    /// <summary>How long the server asked to wait before the next try.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the same request may go well later: no answer, a busy or a failing server.</summary>
    public bool IsTransient => Status is null or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        or >= HttpStatusCode.InternalServerError;

    /// <summary>Whether no later try can help a watcher or a reporter: not allowed, unknown, purged.</summary>
    internal bool IsFinal => Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        or HttpStatusCode.NotFound or HttpStatusCode.Gone;
}
