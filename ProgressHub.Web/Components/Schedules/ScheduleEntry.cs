using System.Text.Encodings.Web;
using System.Text.Json;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Schedules;

namespace ProgressHub.Web.Components.Schedules;

/// <summary>What stands in the form of a schedule.</summary>
internal sealed class ScheduleEntry
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Name { get; set; } = "";

    public string Kind { get; set; } = "";

    public string Input { get; set; } = "{}";

    public IReadOnlyList<string> Tags { get; set; } = [];

    public bool IsOnce { get; set; }

    public string Cron { get; set; } = "0 6 * * 1-5";

    /// <summary>As the browser's field has it: <c>2026-12-24T22:00</c>.</summary>
    public string At { get; set; } = "";

    /// <summary>The chosen zone; null for the reader's.</summary>
    public string? Zone { get; set; }

    public bool MayOverlap { get; set; }

    /// <summary>What was in a job.</summary>
    public static ScheduleEntry Of(JobSnapshot job, ReadOnlyMemory<byte> input) => new()
    {
        Name = EventText.Line(job.Title, ScheduleCheck.MaxName), Kind = job.Kind, Input = Write(JsonElement.Parse(input.Span)),
        Tags = [.. job.Tags.Where(tag => !tag.StartsWith(ScheduleCheck.TagPrefix, StringComparison.Ordinal))],
    };

    /// <summary>What is in a schedule.</summary>
    public static ScheduleEntry Of(Schedule schedule)
    {
        var entry = new ScheduleEntry
        {
            Name = schedule.Name, Kind = schedule.Kind, Input = Write(schedule.Input ?? default), Tags = schedule.Tags, Zone = schedule.Times.TimeZone,
            MayOverlap = schedule.Overlap == ScheduleOverlap.Allow, IsOnce = schedule.Times.At is not null,
        };
        entry.Cron = schedule.Times.Cron ?? entry.Cron;
        if (schedule.Times.At is { } at && TimeZoneInfo.TryFindSystemTimeZoneById(schedule.Times.TimeZone, out var zone))
            entry.At = TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
        return entry;
    }

    /// <summary>When it is due.</summary>
    /// <exception cref="Core.Workloads.WorkloadException">A part of it can't be read.</exception>
    public ScheduleTimes Times(string zone) => IsOnce
        ? new ScheduleTimes(null, zone, Timetable.ReadAt(At, zone))
        : new ScheduleTimes(Cron, zone, null);

    /// <summary>The input; null where it is no JSON.</summary>
    public JsonElement? ReadInput()
    {
        try
        {
            return JsonElement.Parse(Input);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Write(JsonElement input) => JsonSerializer.Serialize(input, Readable);
}
