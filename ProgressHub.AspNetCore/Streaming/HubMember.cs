using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>
/// One connection that watches. It is written to directly, a message that many get being serialized once; where another
/// than SignalR's own bookkeeping of connections is registered, through that.
/// </summary>
internal sealed class HubMember(HubCallerContext context, HubConnectionContext? connection, ISingleClientProxy client)
{
    public string ConnectionId => context.ConnectionId;

    /// <summary>The connection has gone.</summary>
    public CancellationToken Gone => context.ConnectionAborted;

    public void Abort() => context.Abort();

    /// <summary>Sends an <see cref="InvocationMessage"/>; completes once the connection has taken it.</summary>
    public ValueTask SendAsync(SerializedHubMessage message)
    {
        if (connection is not null)
            return connection.WriteAsync(message, Gone);
        var invocation = (InvocationMessage)message.Message!;
        return new ValueTask(client.SendCoreAsync(invocation.Target, invocation.Arguments, Gone));
    }
}
