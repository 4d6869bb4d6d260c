using System.Net;
using System.Net.ServerSentEvents;
using System.Text;

namespace ProgressHub.Tests.Support;

/// <summary>One open server-sent-events response, read item by item.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly SseParser<string> _parser;
    private readonly IAsyncEnumerator<SseItem<string>> _items;

    private EventStream(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _parser = SseParser.Create(body, static (_, data) => Encoding.UTF8.GetString(data));
        _items = _parser.EnumerateAsync().GetAsyncEnumerator();
    }

    public HttpResponseMessage Response => _response;

    /// <summary>What the server last said about when to come back.</summary>
    public TimeSpan Retry => _parser.ReconnectionInterval;

    /// <summary>Opens a stream that must be there.</summary>
    public static async Task<EventStream> OpenAsync(HttpClient client, string path, string? lastEventId = null) =>
        await ReadAsync(await AskAsync(client, path, lastEventId));

    /// <summary>Reads a response that must be a stream, and is this object's from here on.</summary>
    public static async Task<EventStream> ReadAsync(HttpResponseMessage response)
    {
        if (response.StatusCode == HttpStatusCode.OK)
            return new EventStream(response, await response.Content.ReadAsStreamAsync());
        using (response)
        {
            throw new InvalidOperationException(
                $"{response.RequestMessage!.RequestUri}: {response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        }
    }

    /// <summary>Asks for a stream; returns as soon as the headers are there.</summary>
    public static async Task<HttpResponseMessage> AskAsync(HttpClient client, string path, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (lastEventId is not null)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>The next item; null at the end.</summary>
    public async Task<SseItem<string>?> NextAsync() =>
        await _items.MoveNextAsync().Soon() ? _items.Current : null;

    /// <summary>All items up to the end of the stream.</summary>
    public async Task<List<SseItem<string>>> RestAsync()
    {
        var items = new List<SseItem<string>>();
        while (await NextAsync() is { } item)
            items.Add(item);
        return items;
    }

    public async ValueTask DisposeAsync()
    {
        // A read under way ends with the response.
        _response.Dispose();
        try
        {
            await _items.DisposeAsync();
        }
        catch (NotSupportedException)
        {
            // It was still under way.
        }
    }
}
