using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.External;

namespace ProgressHub.Workloads.AspNetCore.External;

/// <summary>What programs say, in the words of the engine; what makes no sense is refused before any of it counts.</summary>
internal static partial class ReportReading
{
    private const int MaxLines = 1000;
    private const int MaxFileName = 200;

    /// <exception cref="RefusedException">400 where it can't be read, 422 where it makes no sense.</exception>
    public static WorkloadUpdate Update(UpdateBody body) => new()
    {
        Number = body.Number is null or > 0 ? body.Number : throw Refuse("'number' is a whole number from 1.", "number"),
        Stage = body.Stage,
        Progress = Progress(body),
        Log = Log(body.Log),
        Partial = Partial(body.Partial),
    };

    public static ExternalEnd Complete(CompleteBody body)
    {
        if (body.Result is not { } result)
            return new ExternalEnd.Completed(null);
        if (result.FileName is { } name && (name.Length is 0 or > MaxFileName || name.Any(char.IsControl) || name.AsSpan().ContainsAny('/', '\\')))
            throw Refuse($"'fileName' is a name of at most {MaxFileName} characters, without a path.", "result.fileName");
        return new ExternalEnd.Completed(result switch
        {
            { Text: { } text, Json: null } => new ResultDocument(
                "text/plain; charset=utf-8", result.FileName ?? "result.txt", Encoding.UTF8.GetBytes(text)),
            { Text: null, Json: { } json } => new ResultDocument(
                "application/json; charset=utf-8", result.FileName ?? "result.json", Encoding.UTF8.GetBytes(json.GetRawText())),
            _ => throw Refuse("A result has either 'text' or 'json'.", "result"),
        });
    }

    public static ExternalEnd Fail(FailBody body) => Code().IsMatch(body.Code)
        ? new ExternalEnd.Failed(body.Code, string.IsNullOrWhiteSpace(body.Message) ? "The program failed." : body.Message)
        : throw Refuse("'code' is a name in snake_case of at most 64 characters.", "code");

    private static ProgressUpdate? Progress(UpdateBody body)
    {
        if (body.Fraction is < 0 or > 1)
            throw Refuse("'fraction' is from 0 to 1.", "fraction");
        if (body.Current < 0)
            throw Refuse("'current' is not below 0.", "current");
        if (body.Total < 0)
            throw Refuse("'total' is not below 0.", "total");
        return body is { Fraction: null, Current: null, Total: null, Unit: null, Message: null }
            ? null
            : new ProgressUpdate(body.Current, body.Total, body.Message, body.Unit) { Fraction = body.Fraction };
    }

    private static IReadOnlyList<WorkloadLine> Log(JsonElement? log)
    {
        List<LogBody> lines = log switch
        {
            null or { ValueKind: JsonValueKind.Null } => [],
            { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() > MaxLines =>
                throw Refuse($"An update has at most {MaxLines} lines.", "log"),
            { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(Line)],
            { } line => [Line(line)],
        };
        return [.. lines.Select(line => new WorkloadLine(line.Level, line.Message, line.Step, line.TotalSteps))];
    }

    private static LogBody Line(JsonElement line)
    {
        try
        {
            return line.Deserialize(ExternalJson.Default.LogBody) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new RefusedException(
                StatusCodes.Status400BadRequest, "invalid_body",
                "A line of the log has a 'message', and a 'level' of info, success, warning or error.", "log");
        }
    }

    private static PartialResult? Partial(PartialBody? partial)
    {
        if (partial is null)
            return null;
        if (partial.Index < 0 || partial.Total < 0)
            throw Refuse("A piece's 'index' and 'total' are not below 0.", "partial.index");
        if ((partial.Text is null ? 0 : 1) + (partial.Data is null ? 0 : 1) + (partial.Error is null ? 0 : 1) != 1)
            throw Refuse("A piece has one of 'text', 'data' and 'error'.", "partial");
        return new PartialResult(partial.Index, partial.Total)
        {
            Text = partial.Text, Data = partial.Data, Error = partial.Error,
        };
    }

    private static RefusedException Refuse(string detail, string property) =>
        new(StatusCodes.Status422UnprocessableEntity, "invalid_update", detail, property);

    [GeneratedRegex("^[a-z][a-z0-9_]{0,63}$")]
    private static partial Regex Code();
}
