using System.Text.Json;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.AspNetCore.External;

/// <summary>A body of one update or of a list of them.</summary>
internal static class UpdateList
{
    private const int MaxUpdates = 1000;

    /// <exception cref="RefusedException">It can't be read, or one of them makes no sense; then none counts.</exception>
    public static async Task<IReadOnlyList<WorkloadUpdate>> ReadAsync(HttpRequest request)
    {
        var body = await JsonBody.ReadElementAsync(request, request.HttpContext.RequestAborted);
        if (body.ValueKind != JsonValueKind.Array)
            return [Read(body, null)];
        if (body.GetArrayLength() > MaxUpdates)
        {
            throw new RefusedException(
                StatusCodes.Status422UnprocessableEntity, "too_many_updates", $"A list has at most {MaxUpdates} updates.");
        }

        return [.. body.EnumerateArray().Select((update, index) => Read(update, index))];
    }

    private static WorkloadUpdate Read(JsonElement update, int? index)
    {
        try
        {
            return ReportReading.Update(JsonText.Read(JsonSerializer.SerializeToUtf8Bytes(update, HttpJson.Default.JsonElement), ExternalJson.Default.UpdateBody));
        }
        catch (RefusedException refusal) when (index is { } at)
        {
            throw new RefusedException(refusal.Problem with { Property = $"[{at}].{refusal.Problem.Property}".TrimEnd('.') });
        }
    }
}
