using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Webhooks;

/// <summary>
/// Sends messages. Follows no redirect, uses no proxy, keeps no cookie, reads only the beginning of an answer, and takes
/// no longer than it may, whatever the receiver does.
/// </summary>
internal sealed class WebhookSender : IDisposable
{
    private const int MostOfAnswer = 2048;
    private const int ShownOfAnswer = 500;
    private static readonly TimeSpan PoolLifetime = TimeSpan.FromMinutes(2);

    private readonly HttpClient _client;
    private readonly WebhookOptions _options;
    private readonly TimeProvider _time;

    public WebhookSender(GuardedConnector connector, IOptions<WebhookOptions> options, TimeProvider time)
    {
        _options = options.Value;
        _time = time;

        // A pooled connection goes where it was let go when it was made; it does not live long enough to outlast a
        // change of mind.
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = 16,
            MaxConnectionsPerServer = options.Value.MaxConcurrencyPerHost,
            PooledConnectionLifetime = PoolLifetime,
            ConnectCallback = (context, cancellationToken) =>
                connector.ConnectAsync(context.DnsEndPoint, cancellationToken),
        };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("ProgressHub-Webhooks", "1.0"));
    }

    /// <summary>Sends once.</summary>
    /// <exception cref="OperationCanceledException">Only where the caller gave up; anything else is an answer.</exception>
    public async Task<WebhookAnswer> SendAsync(
        string url, byte[] key, WebhookMessage message, CancellationToken cancellationToken)
    {
        var at = _time.GetUtcNow();
        var begun = _time.GetTimestamp();
        using var timer = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            using var request = Request(url, key, message, at);
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var text = await BeginningAsync(response, either.Token);
            var error = (int)response.StatusCode is >= 300 and < 400 ? "Redirects are not followed." : null;
            return Answer((int)response.StatusCode, error, text) with { RetryAfter = RetryAfter(response) };
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            return Answer(null, timer.IsCancellationRequested ? TimedOut : Explain(failure), null);
        }

        WebhookAnswer Answer(int? status, string? error, string? text) => new(new WebhookAttempt(
            at, status, error, (long)_time.GetElapsedTime(begun).TotalMilliseconds, text));
    }

    public void Dispose() => _client.Dispose();

    private string TimedOut => string.Create(
        CultureInfo.InvariantCulture, $"No whole answer within {_options.Timeout.TotalSeconds:0.#} s.");

    private static HttpRequestMessage Request(string url, byte[] key, WebhookMessage message, DateTimeOffset at)
    {
        var timestamp = at.ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(message.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("webhook-id", message.Id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSecret.Sign(key, message.Id, timestamp, message.Body));
        return request;
    }

    private static async Task<string?> BeginningAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MostOfAnswer];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        var text = Encoding.UTF8.GetString(buffer, 0, length).Trim();
        return text.Length == 0 ? null : EventText.Line(text, ShownOfAnswer);
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response switch
    {
        { StatusCode: not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable) } => null,
        { Headers.RetryAfter: { Delta: { } delta } } => delta,
        { Headers.RetryAfter: { Date: { } date } } => date - _time.GetUtcNow(),
        _ => null,
    };

    // What the exception says itself may name addresses inside this network; whoever set the webhook need not see them.
    private static string Explain(Exception? failure) => failure switch
    {
        AddressNotAllowedException => "The address is not public, and webhooks go to public addresses only.",
        AuthenticationException => "The receiver's certificate is not valid.",
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } =>
            "The receiver's name was not found.",
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "The receiver refused the connection.",
        { InnerException: { } inner } => Explain(inner),
        HttpIOException or HttpRequestException or IOException or SocketException => "The connection failed.",
        _ => "The message could not be sent.",
    };
}

/// <summary>What a receiver answered.</summary>
/// <param name="Attempt">The attempt, to be kept and shown.</param>
internal sealed record WebhookAnswer(WebhookAttempt Attempt)
{
    /// <summary>How long it asked to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether it has the message.</summary>
    public bool IsDelivered => Attempt.Error is null && Attempt.Status is >= 200 and < 300;

    /// <summary>Whether it wants no more messages.</summary>
    public bool IsGone => Attempt.Status == (int)HttpStatusCode.Gone;
}
