namespace ProgressHub.AspNetCore.Security;

/// <summary>
/// Metadata of endpoints that a browser opens where it can send no header (<c>EventSource</c>, <c>WebSocket</c>): these, and
/// no others, take a one-use ticket in the query.
/// </summary>
/// <param name="Job">The route value with the job; null where there is none, and the endpoint sees to it.</param>
/// <param name="Parameters">The parameters that it may be in.</param>
internal sealed record TakesTicket(string? Job, params string[] Parameters)
{
    /// <summary>The usual name of the parameter.</summary>
    public const string Parameter = "ticket";

    /// <summary>A stream of the job in the route value <c>id</c>.</summary>
    public static TakesTicket OfJob { get; } = new("id", Parameter);

    /// <summary>The stream of all of the caller's jobs.</summary>
    public static TakesTicket OfAllJobs { get; } = new(null, Parameter) { NeedsAll = true };

    /// <summary>Whether a ticket for one job is none here.</summary>
    public bool NeedsAll { get; init; }

    /// <summary>Whether a key may stand in the query too: an address of another system's that can't be changed.</summary>
    public bool TakesKeys { get; init; }

    /// <summary>What the query of a request brings; null for nothing.</summary>
    public string? Of(HttpRequest request) =>
        Parameters.Select(name => request.Query[name].ToString()).FirstOrDefault(text => text.Length > 0);
}
