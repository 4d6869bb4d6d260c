using Microsoft.Extensions.Options;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Inference;

/// <summary>
/// The one HTTP client of all engines. It keeps its connections for some minutes, so that changed DNS is noticed, follows
/// no redirect, so that a key never travels to another host, and turns every refusal into a <see cref="WorkloadException"/>
/// before an SDK can phrase it in its own way.
/// </summary>
internal sealed class InferenceHttp : IDisposable
{
    public InferenceHttp(IOptions<InferenceOptions> options)
    {
        var sockets = new SocketsHttpHandler
        {
            ConnectTimeout = options.Value.ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            AllowAutoRedirect = false,
        };
        Client = new HttpClient(new FaultHandler { InnerHandler = sockets }) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The client; time limits belong to each call.</summary>
    public HttpClient Client { get; }

    public void Dispose() => Client.Dispose();

    private sealed class FaultHandler : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage response;
            try
            {
                response = await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException exception)
            {
                throw EngineFaults.Unreachable(request.RequestUri, exception);
            }
            catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
            {
                throw EngineFaults.Unreachable(request.RequestUri, exception);
            }

            if (response.IsSuccessStatusCode)
                return response;
            using (response)
                throw await EngineFaults.RefusedAsync(request, response, cancellationToken);
        }
    }
}
