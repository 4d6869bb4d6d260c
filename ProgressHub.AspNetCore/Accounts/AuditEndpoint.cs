using System.Globalization;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Accounts;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>Shows the audit log: there is no way to write to it.</summary>
internal static class AuditEndpoint
{
    private const int MaxLimit = 500;

    public static void MapAudit(this IEndpointRouteBuilder routes) => routes.MapGet("/api/admin/audit", List)
        .WithTag(AdministrationEndpoints.Tag).RequireAuthorization().WithMetadata(NeedsScope.Admin)
        .Produces<AuditPage>()
        .Produces<string>(StatusCodes.Status200OK, "application/x-ndjson", "text/csv")
        .Describe(
            "listAudit", "Who did what",
            "The newest first. `person` is the id of an account, for what it did and what was done to it; `action` is one action, or a group " +
            "such as `key`; `from` and `to` are moments (ISO 8601). A page goes on with its `next` as `before`. " +
            "`format=ndjson` and `format=csv` are the whole log, streamed.")
        .Problems(400);

    private static async Task<IResult> List(
        AccountDatabase database, string? person, string? action, string? from, string? to, string? before, int? limit, string? format,
        CancellationToken aborted)
    {
        var query = new AuditQuery
        {
            AccountId = Parameters.Text(nameof(person), person), Action = Parameters.Text(nameof(action), action),
            From = Moment(nameof(from), from), To = Moment(nameof(to), to), Before = Parameters.Cursor(nameof(before), before),
            Limit = Parameters.Number(nameof(limit), limit, 100, 1, MaxLimit),
        };
        return format switch
        {
            "csv" or "ndjson" => new AuditExport(database.Audit, query, format == "csv"),
            null or "" or "json" => TypedResults.Json(await PageAsync(database.Audit, query, aborted), QuotaJson.Default.AuditPage),
            _ => throw Parameters.Refuse("invalid_parameter", "'format' is json, ndjson or csv.", nameof(format)),
        };
    }

    /// <summary>A page; one more than asked for tells whether there is a next.</summary>
    public static async Task<AuditPage> PageAsync(IAuditStore audit, AuditQuery query, CancellationToken cancellationToken)
    {
        var entries = await audit.ListAsync(query with { Limit = query.Limit + 1 }, cancellationToken);
        return new AuditPage(
            [.. entries.Take(query.Limit).Select(AuditView.Of)], entries.Count > query.Limit ? entries[query.Limit - 1].Id : null);
    }

    /// <exception cref="RefusedException"><c>invalid_parameter</c>.</exception>
    private static DateTimeOffset? Moment(string name, string? text) => Parameters.Text(name, text) switch
    {
        null => null,
        { } said when DateTimeOffset.TryParse(
            said, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) => at,
        _ => throw Parameters.Refuse("invalid_parameter", $"'{name}' is a moment such as 2026-11-20T10:00:00Z, or a day.", name),
    };
}
