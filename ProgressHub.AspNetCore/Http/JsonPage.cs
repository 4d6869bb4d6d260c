using System.Buffers;
using System.Text;

namespace ProgressHub.AspNetCore.Http;

/// <summary>A page of what is already encoded: <c>{"events":[…],"next":517}</c>, <c>next</c> null at the end.</summary>
internal sealed class JsonPage : IResult
{
    private readonly ArrayBufferWriter<byte> _body = new(4096);

    /// <param name="name">What is listed; an identifier.</param>
    /// <param name="items">JSON, in UTF-8.</param>
    /// <param name="next">The cursor of the next page as JSON; null for none.</param>
    public JsonPage(string name, IEnumerable<ReadOnlyMemory<byte>> items, string? next)
    {
        Write($"{{\"{name}\":[");
        var first = true;
        foreach (var item in items)
        {
            if (!first)
                _body.Write(","u8);
            _body.Write(item.Span);
            first = false;
        }

        Write($"],\"next\":{next ?? "null"}}}");
    }

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.CacheControl = "private, no-cache";
        return RawJson.WriteAsync(httpContext, _body.WrittenMemory);
    }

    private void Write(string ascii) => Encoding.ASCII.GetBytes(ascii, _body);
}
