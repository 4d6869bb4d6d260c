using System.ComponentModel.DataAnnotations;
using ProgressHub.AspNetCore.Dialects;

namespace ProgressHub.Workloads.AspNetCore.Dialects.SessionLog;

/// <summary>How the session log's routes answer. Configuration section <c>Dialects:SessionLog</c>.</summary>
internal sealed class SessionLogOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = DialectOptions.Section + ":SessionLog";

    /// <summary>The table of a session whose first request names none.</summary>
    [Required(AllowEmptyStrings = false)]
    public string DefaultSample { get; set; } = "prices";

    /// <summary>How many rows an answer holds; all of them are in the job's result.</summary>
    [Range(1, 100_000)]
    public int MaxRows { get; set; } = 1000;
}
