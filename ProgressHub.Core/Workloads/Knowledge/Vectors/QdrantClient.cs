using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ProgressHub.Core.Workloads.Knowledge.Vectors;

/// <summary>Asks a Qdrant server over HTTP, and says in our words what it refuses. It tries once.</summary>
internal sealed class QdrantClient : IDisposable
{
    private const int MaxErrorCharacters = 300;
    private readonly HttpClient _http;

    public QdrantClient(QdrantOptions options)
    {
        _http = new HttpClient(new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            AllowAutoRedirect = false,
        })
        {
            BaseAddress = new Uri(options.Endpoint!.ToString().TrimEnd('/') + "/"),
            Timeout = TimeSpan.FromSeconds(60),
        };
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (!string.IsNullOrEmpty(options.ApiKey))
            _http.DefaultRequestHeaders.Add("api-key", options.ApiKey);
    }

    /// <summary>Asks for something.</summary>
    /// <exception cref="WorkloadException"><c>vector_store_…</c>.</exception>
    public async Task<TAnswer> GetAsync<TAnswer>(
        string path, JsonTypeInfo<QdrantAnswer<TAnswer>> answerType, CancellationToken cancellationToken)
        where TAnswer : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await AskAsync(request, answerType, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a body and reads the answer.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public async Task<TAnswer> PostAsync<TBody, TAnswer>(
        string path, TBody body, JsonTypeInfo<TBody> type, JsonTypeInfo<QdrantAnswer<TAnswer>> answerType,
        CancellationToken cancellationToken)
        where TAnswer : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, type) };
        return await AskAsync(request, answerType, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Has something done.</summary>
    /// <returns>Whether it was; false where the server has it already (409).</returns>
    /// <inheritdoc cref="GetAsync"/>
    public async Task<bool> SendAsync<TBody>(
        HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> type, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body, type) };
        using var response = await TryAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.Conflict)
            return false;
        await RequireAsync(response, cancellationToken).ConfigureAwait(false);
        return true;
    }

    public void Dispose() => _http.Dispose();

    private async Task<TAnswer> AskAsync<TAnswer>(
        HttpRequestMessage request, JsonTypeInfo<QdrantAnswer<TAnswer>> type, CancellationToken cancellationToken)
        where TAnswer : class
    {
        using var response = await TryAsync(request, cancellationToken).ConfigureAwait(false);
        await RequireAsync(response, cancellationToken).ConfigureAwait(false);
        try
        {
            return (await response.Content.ReadFromJsonAsync(type, cancellationToken).ConfigureAwait(false))?.Result
                ?? throw Failed("Qdrant's answer has no result.", null);
        }
        catch (JsonException exception)
        {
            throw Failed("Qdrant's answer can't be read.", exception);
        }
    }

    private async Task<HttpResponseMessage> TryAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested
            && exception is HttpRequestException or IOException or OperationCanceledException)
        {
            throw new WorkloadException(
                "vector_store_unavailable", $"Qdrant at {_http.BaseAddress!.Authority} can't be reached. Is it running?", exception)
            {
                IsTransient = true,
            };
        }
    }

    private static async Task RequireAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
            return;
        var status = (int)response.StatusCode;
        throw response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new WorkloadException(
                "vector_store_rejected_key", $"Qdrant does not accept the API key ({status}); set Knowledge:Qdrant:ApiKey."),
            HttpStatusCode.TooManyRequests => new WorkloadException("vector_store_busy", "Qdrant asks for a pause (429).")
            {
                IsTransient = true,
                RetryAfter = response.Headers.RetryAfter?.Delta,
            },
            >= HttpStatusCode.InternalServerError => new WorkloadException(
                "vector_store_unavailable", $"Qdrant failed ({status}).") { IsTransient = true },
            _ => Failed($"Qdrant refused the request ({status}): {await ReasonAsync(response, cancellationToken).ConfigureAwait(false)}", null),
        };
    }

    private static async Task<string> ReasonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
            var reason = json.RootElement.GetProperty("status").GetProperty("error").GetString() ?? "no reason given";
            return reason.Length > MaxErrorCharacters ? reason[..MaxErrorCharacters] + "…" : reason;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or HttpRequestException)
        {
            return "no reason given";
        }
    }

    private static WorkloadException Failed(string message, Exception? exception) => new("vector_store_failed", message, exception);
}
