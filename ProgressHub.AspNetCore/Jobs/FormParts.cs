using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using ProgressHub.AspNetCore.Problems;

namespace ProgressHub.AspNetCore.Jobs;

/// <summary>
/// The parts of a form (RFC 7578), one after the other as they come. What is kept in memory is bounded as any other body
/// is; a file that its reader streams to disk is not.
/// </summary>
internal sealed class FormParts
{
    /// <summary>The longest field, in bytes.</summary>
    public const int MaxField = 16 * 1024;

    private const int MaxParts = 64;

    private readonly HttpRequest _request;
    private readonly MultipartReader _reader;
    private readonly int _boundary;
    private long _budget;
    private long _position;
    private int _parts;

    /// <param name="request">The request; nothing of its body has been read.</param>
    /// <param name="budget">How many bytes may be kept in memory.</param>
    /// <exception cref="RefusedException">It is no form: 415, or <c>malformed_multipart</c>.</exception>
    public FormParts(HttpRequest request, long budget)
    {
        var boundary = Boundary(request);
        (_request, _budget, _boundary) = (request, budget, boundary.Length);
        _reader = new MultipartReader(boundary, request.Body);
        request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = null;
    }

    /// <summary>How many bytes the file that begins now has, if nothing follows it; null where the request does not say.</summary>
    public long? LengthIfLast => _request.ContentLength - _position - _boundary - "\r\n----\r\n".Length is > 0 and var length ? length : null;

    /// <summary>The name of a part's field.</summary>
    public static string? NameOf(MultipartSection section) => section.GetContentDispositionHeader()?.Name.ToString().Trim('"');

    /// <summary>Whether a part is a file: it is called so, or has a file name, whatever its field is called.</summary>
    public static bool IsFile(MultipartSection section) =>
        NameOf(section) == "file" || (section.GetContentDispositionHeader() is not null && FileName(section) is not null);

    /// <summary>What its sender calls a file; without a path, null where there is no name.</summary>
    public static string? FileName(MultipartSection section)
    {
        var disposition = section.GetContentDispositionHeader()!;
        var name = HeaderUtilities.RemoveQuotes(
            disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();

        // Old browsers sent whole paths, of either kind of system.
        return name[(name.LastIndexOfAny(['/', '\\']) + 1)..] is { Length: > 0 } last ? last : null;
    }

    /// <summary>The next part; null at the end.</summary>
    /// <exception cref="RefusedException"><c>malformed_multipart</c> or <c>too_many_parts</c>.</exception>
    public async Task<MultipartSection?> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await _reader.ReadNextSectionAsync(cancellationToken) is not { } section)
                return null;
            if (_parts++ == MaxParts)
                throw Refuse("too_many_parts", $"A form has at most {MaxParts} parts.");
            _position += HeadLength(section);
            return section;
        }
        catch (Exception failure) when (IsMalformed(failure))
        {
            throw Malformed();
        }
    }

    /// <summary>A part as text in UTF-8.</summary>
    /// <exception cref="RefusedException"><c>field_too_long</c>, <c>invalid_utf8</c> or <c>malformed_multipart</c>.</exception>
    public async Task<string> ReadFieldAsync(MultipartSection section, string name, CancellationToken cancellationToken)
    {
        using var body = await ReadBytesAsync(section, cancellationToken, MaxField, name);
        return TextFile.Decode(body.GetBuffer().AsSpan(0, (int)body.Length), name);
    }

    /// <summary>A part's bytes.</summary>
    /// <exception cref="RefusedException"><c>field_too_long</c>, <c>body_too_large</c> or <c>malformed_multipart</c>.</exception>
    public async Task<MemoryStream> ReadBytesAsync(
        MultipartSection section, CancellationToken cancellationToken, long limit = long.MaxValue, string? name = null)
    {
        var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            while (await section.Body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                if (body.Length + read > limit)
                    throw Refuse("field_too_long", $"'{name}' is longer than {limit} bytes.", name);
                if ((_budget -= read) < 0)
                    throw new RefusedException(ProblemMapping.Of(StatusCodes.Status413PayloadTooLarge));
                body.Write(buffer, 0, read);
            }
        }
        catch (Exception failure) when (IsMalformed(failure))
        {
            throw Malformed();
        }

        _position += body.Length;
        return body;
    }

    /// <summary>Whether a failure means that the form breaks off or breaks its rules.</summary>
    public static bool IsMalformed(Exception failure) =>
        failure is InvalidDataException or (IOException and not BadHttpRequestException);

    /// <summary>The refusal of such a form.</summary>
    public static RefusedException Malformed() => Refuse("malformed_multipart", "The form breaks off or breaks its rules.");

    private static string Boundary(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            throw new RefusedException(ProblemMapping.Of(StatusCodes.Status415UnsupportedMediaType));
        return HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= 200 } boundary
            ? boundary.ToString()
            : throw Refuse("malformed_multipart", "The Content-Type names no boundary.");
    }

    // A delimiter line, the headers a line each, and an empty line (RFC 2046, section 5.1.1).
    private long HeadLength(MultipartSection section) => (_parts > 1 ? 2 : 0) + 2 + _boundary + 2 + 2 +
        section.Headers!.Sum(h => h.Key.Length + 2 + Encoding.UTF8.GetByteCount(h.Value.ToString()) + 2L);

    private static RefusedException Refuse(string code, string detail, string? property = null) =>
        new(StatusCodes.Status400BadRequest, code, detail, property);
}
