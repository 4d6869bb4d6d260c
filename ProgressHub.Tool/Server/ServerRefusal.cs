using System.Net;

namespace ProgressHub.Tool.Server;

/// <summary>The server has answered, and the answer is no: asking again would be answered alike.</summary>
internal sealed class ServerRefusal(HttpStatusCode status, string code, string message) : Exception(message)
{
    public HttpStatusCode Status => status;

    /// <summary>The problem's stable identifier, such as <c>job_finished</c>.</summary>
    public string Code => code;
}
