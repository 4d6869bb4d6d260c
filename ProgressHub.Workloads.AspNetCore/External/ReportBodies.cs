using System.Text.Json;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Workloads.AspNetCore.External;

/// <summary>What a program reports. Everything may be missing: an empty one says that the program is there.</summary>
internal sealed record UpdateBody
{
    /// <summary>The program's own number of it, from 1, rising. One that is not above the last is answered and not applied again.</summary>
    public long? Number { get; init; }

    /// <summary>The stage that begins, or that goes on; by its name in the plan.</summary>
    public string? Stage { get; init; }

    /// <summary>How much of the stage is done, 0..1.</summary>
    public double? Fraction { get; init; }

    /// <summary>How many units of the stage are done.</summary>
    public double? Current { get; init; }

    /// <summary>How many units there are; without it the progress is indeterminate.</summary>
    public double? Total { get; init; }

    /// <summary>What is counted, such as <c>rows</c>.</summary>
    public string? Unit { get; init; }

    /// <summary>What is being done, for a person.</summary>
    public string? Message { get; init; }

    /// <summary>A line for the log, or a list of up to 1,000: <c>{level, message, step?, totalSteps?}</c>.</summary>
    public JsonElement? Log { get; init; }

    /// <summary>A piece of the result.</summary>
    public PartialBody? Partial { get; init; }

    /// <summary>True to say that the program is there; any update says so.</summary>
    public bool? Heartbeat { get; init; }
}

/// <summary>A line for the log.</summary>
/// <param name="Message">The line.</param>
/// <param name="Level">How it is meant.</param>
/// <param name="Step">Which step it belongs to, from 1.</param>
/// <param name="TotalSteps">Of how many.</param>
internal sealed record LogBody(string Message, JobLogLevel Level = JobLogLevel.Info, int? Step = null, int? TotalSteps = null);

/// <summary>A piece of the result: <c>text</c> or <c>data</c>, or the <c>error</c> for which there is none.</summary>
/// <param name="Index">Which piece, from 0. A later one with the same index replaces an earlier.</param>
/// <param name="Total">Of how many.</param>
/// <param name="Text">The piece, where it is text.</param>
/// <param name="Data">The piece, where it is anything else.</param>
/// <param name="Error">Why it failed.</param>
internal sealed record PartialBody(int Index = 0, int? Total = null, string? Text = null, JsonElement? Data = null, string? Error = null);

/// <summary>The end of the work.</summary>
/// <param name="Result">Its result, where there is one to download.</param>
internal sealed record CompleteBody(ResultBody? Result = null);

/// <summary>A result: <c>text</c> or <c>json</c>.</summary>
/// <param name="Text">The result, where it is text.</param>
/// <param name="Json">The result, where it is JSON.</param>
/// <param name="FileName">What to save it as.</param>
internal sealed record ResultBody(string? Text = null, JsonElement? Json = null, string? FileName = null);

/// <summary>The failure of the work.</summary>
/// <param name="Message">What happened, for a person; "The program failed." where it is missing.</param>
/// <param name="Code">A stable identifier in snake_case.</param>
internal sealed record FailBody(string? Message = null, string Code = "program_failed");
