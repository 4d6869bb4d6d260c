using System.Text.Json;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Translation.Segmentation;

/// <summary>
/// JSON files of texts (i18n catalogues and the like): the strings that are values are translated; names, numbers and
/// layout stay as they are. What stands under a name that begins with <c>@</c> or <c>$</c> is metadata (ARB, JSON Schema), and
/// so is what stands beside a text in an object of its own, see <see cref="MessageObjects"/>.
/// </summary>
internal static class JsonSegmenter
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 256,
    };

    /// <summary>Whether a text can be segmented.</summary>
    /// <exception cref="WorkloadException"><c>invalid_text</c>: it is not JSON; the message says where.</exception>
    public static void Check(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text.TrimStart('\uFEFF'), Lenient);
        }
        catch (JsonException exception)
        {
            throw new WorkloadException(
                "invalid_text",
                $"'text' is not JSON: there is a mistake in line {exception.LineNumber + 1}, at byte {exception.BytePositionInLine + 1}.",
                exception)
            {
                Property = "text",
            };
        }
    }

    public static IReadOnlyList<Piece> Segment(string text)
    {
        var pieces = new PieceList(text);
        var escaping = JsonEscaping.Of(text);
        var open = new Stack<Container>();
        var texts = MessageObjects.Of(text, Lenient);
        var isMetadata = false;
        for (var i = 0; i < text.Length; i++)
        {
            var inside = open.TryPeek(out var top) ? top : default;
            switch (text[i])
            {
                case '{' or '[':
                    open.Push(new Container(text[i] == '{', ExpectsName: text[i] == '{', inside.IsMetadata || isMetadata)
                    {
                        TextName = text[i] == '{' && texts.TryDequeue(out var name) ? name : null,
                    });
                    isMetadata = false;
                    break;
                case '}' or ']':
                    open.TryPop(out _);
                    break;
                case ',' or ':' when open.Count > 0:
                    open.Pop();
                    open.Push(inside with { ExpectsName = inside.IsObject && text[i] == ',' });
                    isMetadata &= text[i] == ':';
                    break;
                case '/':
                    i = EndOfComment(text, i);
                    break;
                case '"':
                    var end = EndOfString(text, i);
                    if (inside.ExpectsName)
                        isMetadata = (i + 1 < end && text[i + 1] is '@' or '$') || (inside.TextName is { } only && text[(i + 1)..end] != only);
                    else if (!inside.IsMetadata && !isMetadata)
                        AddString(text, new Span(i + 1, end), escaping, pieces);
                    i = end;
                    break;
            }
        }

        return pieces.Build();
    }

    private static void AddString(string text, Span span, Escaping escaping, PieceList pieces)
    {
        pieces.StartBlock(span.Start);
        List<FixedSpan> escapes = [];
        foreach (var escape in JsonEscaping.Escape().EnumerateMatches(span.Of(text)))
        {
            var start = span.Start + escape.Index;
            escapes.Add(new FixedSpan(new Span(start, start + escape.Length), FixedKind.Atom));
        }

        pieces.Translate(span, escapes, escaping);
    }

    private static int EndOfString(string text, int quote)
    {
        var i = quote + 1;
        while (i < text.Length && text[i] != '"')
            i += text[i] == '\\' ? 2 : 1;
        return Math.Min(i, text.Length);
    }

    private static int EndOfComment(string text, int slash)
    {
        var end = slash + 1 >= text.Length ? -1
            : text[slash + 1] == '*' ? text.IndexOf("*/", slash + 2, StringComparison.Ordinal) + 1
            : text.AsSpan(slash).IndexOfAny('\r', '\n') is var offset and >= 0 ? slash + offset
            : -1;
        return end > slash ? end : text.Length;
    }

    private readonly record struct Container(bool IsObject, bool ExpectsName, bool IsMetadata)
    {
        /// <summary>The one name of it whose value is text; null where all are.</summary>
        public string? TextName { get; init; }
    }
}
