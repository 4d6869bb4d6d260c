using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ProgressHub.Client.Http;

/// <summary>Requests to the server, each with its token and its time limit; whatever fails is a <see cref="ProgressHubException"/>.</summary>
internal sealed class HubHttp : IDisposable
{
    private readonly HttpClient _http;

    public HubHttp(ProgressHubClientOptions options)
    {
        Options = options;
        var address = options.BaseAddress.AbsoluteUri;
        _http = options.Handler is { } handler
            ? new HttpClient(handler, disposeHandler: false)
            : new HttpClient(new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.All });
        _http.BaseAddress = new Uri(address.EndsWith('/') ? address : address + "/");
        _http.Timeout = Timeout.InfiniteTimeSpan;
    }

    public ProgressHubClientOptions Options { get; }

    public TimeProvider Time => Options.TimeProvider;

    public Uri AddressOf(string path) => new(_http.BaseAddress!, path);

    /// <summary>One request with a JSON answer.</summary>
    public async Task<T> AskAsync<T>(HubRequest request, JsonTypeInfo<T> answer, CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(Options.RequestTimeout + request.Wait, Time, cancellationToken);
        using var response = await SendAsync(request, limit).ConfigureAwait(false);
        try
        {
            return await response.Content.ReadFromJsonAsync(answer, limit.Token).ConfigureAwait(false)
                ?? throw new JsonException("The answer is null.");
        }
        catch (Exception failure) when (failure is JsonException or NotSupportedException)
        {
            throw new ProgressHubException("invalid_answer", "The server's answer is not what was asked for.", failure)
            {
                Status = response.StatusCode,
            };
        }
        catch (Exception failure) when (limit.Explain(failure) is { } told)
        {
            throw told;
        }
    }

    /// <summary>One request whose answer matters only where it is an error.</summary>
    public async Task DoAsync(HubRequest request, CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(Options.RequestTimeout, Time, cancellationToken);
        using var response = await SendAsync(request, limit).ConfigureAwait(false);
    }

    /// <summary>One request; the caller reads the body, and disposes the response.</summary>
    /// <exception cref="ProgressHubException">Not a 2xx, or none at all.</exception>
    public async Task<HttpResponseMessage> SendAsync(HubRequest request, TimeLimit limit)
    {
        try
        {
            using var message = new HttpRequestMessage(request.Method, AddressOf(request.Path)) { Content = request.Content };
            message.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(request.Accept));
            var token = request.Token
                ?? (Options.AccessToken is { } ask ? await ask(limit.Token).ConfigureAwait(false) : null);
            if (token is not null)
                message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            foreach (var (name, value) in request.Headers)
                message.Headers.TryAddWithoutValidation(name, value);

            var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
                return response;
            using (response)
                throw await RefusalAsync(response, limit.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (limit.Explain(failure) is { } told)
        {
            throw told;
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<ProgressHubException> RefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        Problem? problem = null;
        try
        {
            problem = await response.Content.ReadFromJsonAsync(ProblemJson.Default.Problem, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException or InvalidOperationException)
        {
            // Somebody between us and the server answered; the status has to do.
        }

        var status = (int)response.StatusCode;
        return new ProgressHubException(
            problem?.Code ?? string.Create(CultureInfo.InvariantCulture, $"http_{status}"),
            problem?.Detail ?? problem?.Title ?? string.Create(CultureInfo.InvariantCulture, $"The server answered {status}."))
        {
            Status = response.StatusCode,
            Property = problem?.Property,
            RetryAfter = response.Headers.RetryAfter switch
            {
                { Delta: { } delta } => delta,
                { Date: { } date } when date > Time.GetUtcNow() => date - Time.GetUtcNow(),
                _ => null,
            },
        };
    }
}
