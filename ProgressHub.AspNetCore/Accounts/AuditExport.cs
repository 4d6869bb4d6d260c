using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ProgressHub.AspNetCore.Jobs;
using ProgressHub.Core.Accounts;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>The audit log as a file, from the newest entry on, sent page by page as it is read.</summary>
internal sealed class AuditExport(IAuditStore audit, AuditQuery query, bool isCsv) : IResult
{
    private const int Page = 500;

    private static readonly string[] Columns =
        ["id", "at", "accountId", "account", "action", "subject", "subjectName", "detail", "address"];

    public async Task ExecuteAsync(HttpContext context)
    {
        var (response, aborted) = (context.Response, context.RequestAborted);

        // Read before anything is sent: a store that can't be read is answered as such.
        var page = await ReadAsync(null, aborted);
        response.ContentType = isCsv ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"audit.{(isCsv ? "csv" : "ndjson")}\"";
        response.Headers.CacheControl = "no-store";
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        if (isCsv)
            EventCsv.WriteLine(response.BodyWriter, Columns);
        while (page.Count > 0)
        {
            foreach (var entry in page)
                Write(response.BodyWriter, AuditView.Of(entry));
            await response.BodyWriter.FlushAsync(aborted);
            page = page.Count < Page ? [] : await ReadAsync(page[^1].Id, aborted);
        }

        await response.BodyWriter.FlushAsync(aborted);
    }

    private Task<IReadOnlyList<AuditEntry>> ReadAsync(long? before, CancellationToken cancellationToken) =>
        audit.ListAsync(query with { Before = before ?? query.Before, Limit = Page }, cancellationToken);

    private void Write(IBufferWriter<byte> target, AuditView entry)
    {
        if (!isCsv)
        {
            target.Write(JsonSerializer.SerializeToUtf8Bytes(entry, QuotaJson.Default.AuditView));
            target.Write("\n"u8);
            return;
        }

        EventCsv.WriteLine(
            target,
            entry.Id.ToString(CultureInfo.InvariantCulture),
            entry.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            EventCsv.Text(entry.AccountId), EventCsv.Text(entry.Account), EventCsv.Text(entry.Action), EventCsv.Text(entry.Subject),
            EventCsv.Text(entry.SubjectName), EventCsv.Text(entry.Detail), EventCsv.Text(entry.Address));
    }
}
