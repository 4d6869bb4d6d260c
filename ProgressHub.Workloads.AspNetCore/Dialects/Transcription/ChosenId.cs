using System.Security.Cryptography;
using System.Text;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Workloads.AspNetCore.Dialects.Transcription;

/// <summary>
/// A job's id as its client says it, and the job's own. What is an id of ours stands for itself; any other is hashed with
/// its owner, so that it is found again without a table, and nobody meets another's.
/// </summary>
/// <param name="Text">As its client says it.</param>
/// <param name="Job">The job's own.</param>
internal readonly record struct ChosenId(string Text, JobId Job)
{
    private const int Longest = 64;
    private const int Bytes = 16;

    /// <summary>An id of ours, for who chose none.</summary>
    public static ChosenId New()
    {
        var id = JobId.New();
        return new ChosenId(id.ToString(), id);
    }

    /// <summary>What a client chose; null where that is nothing.</summary>
    /// <exception cref="RefusedException"><c>invalid_job_id</c>.</exception>
    public static ChosenId? Parse(string? text, string owner) => string.IsNullOrEmpty(text) ? null
        : Find(text, owner) ?? throw new RefusedException(
            StatusCodes.Status400BadRequest, "invalid_job_id",
            $"'job_id' is 1 to {Longest} visible ASCII characters without a slash, and not dots alone.", "job_id");

    /// <summary>The id that an address names; null where none can be of that name.</summary>
    public static ChosenId? Find(string text, string owner)
    {
        if (JobId.TryParse(text, null, out var own))
            return new ChosenId(text, own);

        // A path can't hold a slash, and clients resolve dots away.
        if (text.Length is 0 or > Longest || text.Any(c => c is <= ' ' or >= '\x7F' or '/' or '\\') || text.Trim('.').Length == 0)
            return null;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"transcription\0{owner}\0{text}"));
        return new ChosenId(text, JobId.Parse(Convert.ToHexStringLower(hash.AsSpan(0, Bytes)), null));
    }
}
