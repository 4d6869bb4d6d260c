using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ProgressHub.Tool.Server;

/// <summary>
/// The server's HTTP API, as far as the tool needs it. Whatever another attempt may mend (nobody listens, 5xx, 429) is an
/// <see cref="HttpRequestException"/>; a refusal is a <see cref="ServerRefusal"/>.
/// </summary>
internal sealed class ServerApi : IDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);
    private readonly HttpClient _http;
    private readonly string? _token;

    public ServerApi(Login login)
    {
        _token = login.Token;
        _http = new HttpClient(new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(5), PooledConnectionLifetime = TimeSpan.FromMinutes(5), UseCookies = false,
        })
        {
            BaseAddress = new Uri(login.Server.TrimEnd('/') + "/"), Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public Uri PageOf(string jobId) => new(_http.BaseAddress!, $"jobs/{jobId}");

    public Uri Address => _http.BaseAddress!;

    public Task<JobOnServer> SubmitAsync(JobToSubmit job, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var request = Request(HttpMethod.Post, "api/jobs", _token);
        request.Content = JsonContent.Create(job, ToolJson.Default.JobToSubmit);
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        return AskAsync(request, ToolJson.Default.JobOnServer, cancellationToken);
    }

    public Task<Answer> UpdateAsync(string jobId, string token, Update update, CancellationToken cancellationToken) =>
        ReportAsync($"api/jobs/{jobId}/updates", token, JsonContent.Create(update, ToolJson.Default.Update), cancellationToken);

    public Task<Answer> CompleteAsync(string jobId, string token, CancellationToken cancellationToken) =>
        ReportAsync($"api/jobs/{jobId}/complete", token, null, cancellationToken);

    public Task<Answer> FailAsync(string jobId, string token, Failure failure, CancellationToken cancellationToken) =>
        ReportAsync($"api/jobs/{jobId}/fail", token, JsonContent.Create(failure, ToolJson.Default.Failure), cancellationToken);

    public Task<JobOnServer> FindAsync(string jobId, CancellationToken cancellationToken) =>
        AskAsync(Request(HttpMethod.Get, $"api/jobs/{jobId}", _token), ToolJson.Default.JobOnServer, cancellationToken);

    public Task<JobOnServer> CancelAsync(string jobId, CancellationToken cancellationToken) =>
        AskAsync(Request(HttpMethod.Post, $"api/jobs/{jobId}/cancel", _token), ToolJson.Default.JobOnServer, cancellationToken);

    /// <summary>Whether the server lets this token in.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        using var response = await SendAsync(Request(HttpMethod.Get, "api/jobs?limit=1", _token), HttpCompletionOption.ResponseContentRead, AnswerLimit, cancellationToken);
    }

    /// <summary>A request of one's own (tus); its answer, which is no refusal.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, Action<HttpRequestMessage> prepare, CancellationToken cancellationToken)
    {
        var request = Request(method, path, _token);
        prepare(request);
        return SendAsync(request, HttpCompletionOption.ResponseContentRead, Timeout.InfiniteTimeSpan, cancellationToken);
    }

    /// <summary>A job's events after one of them, until the stream ends.</summary>
    public async IAsyncEnumerable<SseItem<string>> WatchAsync(string jobId, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = Request(HttpMethod.Get, $"api/jobs/{jobId}/events?after={after}", _token);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using var response = await SendAsync(request, HttpCompletionOption.ResponseHeadersRead, AnswerLimit, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NoContent)
            yield break;
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(body).EnumerateAsync(cancellationToken))
            yield return item;
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Request(HttpMethod method, string path, string? token)
    {
        var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    private Task<Answer> ReportAsync(string path, string token, HttpContent? content, CancellationToken cancellationToken)
    {
        var request = Request(HttpMethod.Post, path, token);
        request.Content = content;
        return AskAsync(request, ToolJson.Default.Answer, cancellationToken);
    }

    private async Task<T> AskAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(request, HttpCompletionOption.ResponseContentRead, AnswerLimit, cancellationToken);
        try
        {
            return await response.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new ServerRefusal(response.StatusCode, "not_progresshub", $"What answers at {_http.BaseAddress} is not ProgressHub.");
        }
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, HttpCompletionOption completion, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(limit);
        try
        {
            var response = await _http.SendAsync(request, completion, patience.Token);
            if (response.IsSuccessStatusCode)
                return response;
            using (response)
                throw await RefusalAsync(response, cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"{_http.BaseAddress} did not answer in {limit.TotalSeconds:0} s.");
        }
        finally
        {
            request.Dispose();
        }
    }

    private static async Task<Exception> RefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        ProblemBody? problem = null;
        try
        {
            problem = await response.Content.ReadFromJsonAsync(ToolJson.Default.ProblemBody, cancellationToken);
        }
        catch (Exception other) when (other is JsonException or IOException)
        {
            // Not the server's own words: a proxy's, perhaps.
        }

        var words = problem?.Detail ?? problem?.Title ?? $"The server answered {(int)response.StatusCode}.";
        return response.StatusCode >= HttpStatusCode.InternalServerError
            || response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
                ? new HttpRequestException(words, null, response.StatusCode)
                : new ServerRefusal(response.StatusCode, problem?.Code ?? "refused", words);
    }
}
