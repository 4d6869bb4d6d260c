using System.Text.Json.Serialization;
using ProgressHub.Client.Http;

namespace ProgressHub.Client.Watching;

/// <summary>
/// What stands in the address of a stream where no header can be sent, as in a browser: good once, for a minute, to watch
/// one job.
/// </summary>
/// <param name="Ticket">The text.</param>
internal sealed record StreamTicket(string Ticket)
{
    /// <summary>Buys one with the client's own token.</summary>
    /// <exception cref="ProgressHubException">The server gives none.</exception>
    public static async Task<string?> BuyAsync(HubHttp http, string jobId, CancellationToken cancellationToken) => (await http.AskAsync(
        HubRequest.Post("api/tickets", new TicketOrder(jobId), TicketJson.Default.TicketOrder), TicketJson.Default.StreamTicket, cancellationToken)
        .ConfigureAwait(false)).Ticket;
}

/// <summary>A ticket that is wanted.</summary>
/// <param name="Job">The job to watch.</param>
internal sealed record TicketOrder(string Job);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(StreamTicket))]
[JsonSerializable(typeof(TicketOrder))]
internal sealed partial class TicketJson : JsonSerializerContext;
