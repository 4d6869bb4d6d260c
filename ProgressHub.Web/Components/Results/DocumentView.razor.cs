using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Interop;

namespace ProgressHub.Web.Components.Results;

/// <summary>A document, such as a job's result, by its media type: JSON as a tree, CSV as rows, text as text.</summary>
public sealed partial class DocumentView : IAsyncDisposable
{
    private const int MostRows = 200;
    private const int MostBytes = 64 * 1024;
    private const int MostTreeBytes = 1024 * 1024;

    private readonly string _id = $"document-{Guid.NewGuid():N}";
    private ResultDocument? _shown;
    private JsonDocument? _json;
    private List<IReadOnlyList<string>> _rows = [];
    private string _text = "";
    private bool _isCut;
    private bool _copied;
    private JsModule? _module;

    /// <summary>What it is.</summary>
    [Parameter, EditorRequired]
    public string Heading { get; set; } = "";

    /// <summary>The document.</summary>
    [Parameter, EditorRequired]
    public ResultDocument Document { get; set; } = null!;

    /// <summary>Where it can be had, for pictures, sound and download.</summary>
    [Parameter]
    public string? Address { get; set; }

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    private DocumentShape Shape { get; set; }

    private string Described => string.Create(
        CultureInfo.InvariantCulture, $"{MediaType} · {(Document.Body.Length < 1024 ? $"{Document.Body.Length} B" : $"{Document.Body.Length / 1024.0:#,0.#} KB")}");

    private string MediaType => Document.ContentType.Split(';')[0].Trim();

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _json?.Dispose();
        return _module?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_shown, Document))
            return;
        _shown = Document;
        _json?.Dispose();
        _json = null;
        Shape = ShapeOf(MediaType);
        if (Shape == DocumentShape.Json && !TryReadJson())
            Shape = DocumentShape.Text;
        if (Shape is DocumentShape.Text or DocumentShape.Table)
        {
            _isCut = Document.Body.Length > MostBytes;
            _text = Encoding.UTF8.GetString(Document.Body.Span[..Math.Min(MostBytes, Document.Body.Length)]);
        }

        if (Shape == DocumentShape.Table)
        {
            _rows = Rows(_text);
            _isCut |= _rows.Count > MostRows + 1;
            if (_rows.Count == 0)
                Shape = DocumentShape.Text;
        }
    }

    private static DocumentShape ShapeOf(string mediaType) => mediaType switch
    {
        "application/json" => DocumentShape.Json,
        "text/csv" => DocumentShape.Table,
        _ when mediaType.EndsWith("+json", StringComparison.Ordinal) => DocumentShape.Json,
        _ when mediaType.StartsWith("text/", StringComparison.Ordinal) || mediaType is "application/x-subrip" or "application/x-ndjson" => DocumentShape.Text,
        _ when mediaType.StartsWith("image/", StringComparison.Ordinal) => DocumentShape.Image,
        _ when mediaType.StartsWith("audio/", StringComparison.Ordinal) => DocumentShape.Audio,
        _ => DocumentShape.Other,
    };

    // RFC 4180: fields may stand in quotation marks, in which a doubled one is one.
    private static List<IReadOnlyList<string>> Rows(string csv)
    {
        List<IReadOnlyList<string>> rows = [];
        List<string> row = [];
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < csv.Length; i++)
        {
            var c = csv[i];
            if (quoted && c == '"' && i + 1 < csv.Length && csv[i + 1] == '"')
                field.Append(csv[i++]);
            else if (c == '"')
                quoted = !quoted;
            else if (quoted || c is not (',' or '\n' or '\r'))
                field.Append(c);
            else if (c == ',')
                EndField();
            else if (c == '\n')
                EndRow();
        }

        if (field.Length > 0 || row.Count > 0)
            EndRow();
        return rows;

        void EndField()
        {
            row.Add(field.ToString());
            field.Clear();
        }

        void EndRow()
        {
            EndField();
            rows.Add(row);
            row = [];
        }
    }

    private bool TryReadJson()
    {
        if (Document.Body.Length > MostTreeBytes)
            return false;
        try
        {
            _json = JsonDocument.Parse(Document.Body);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private async Task CopyAsync()
    {
        _module ??= new JsModule(Script, "./ui/clipboard.js");
        _copied = await _module.CallAsync<bool>("copy", Encoding.UTF8.GetString(Document.Body.Span));
    }
}
