using System.Text.Json;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Web.Components.Uploading;

/// <summary>Where a file is on its way to a job.</summary>
public enum UploadState
{
    /// <summary>Chosen, not submitted.</summary>
    Chosen,

    /// <summary>Submitted; others go first.</summary>
    Waiting,

    /// <summary>Its upload and its job are being made.</summary>
    Starting,

    /// <summary>Its bytes are being sent.</summary>
    Sending,

    /// <summary>The server has all of it.</summary>
    Sent,

    /// <summary>It could not be sent, or the server did not take it.</summary>
    Failed,

    /// <summary>A person broke it off.</summary>
    Canceled,
}

/// <summary>A file as the browser offers it.</summary>
/// <param name="Key">What the page's script calls it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">How large it is.</param>
/// <param name="Type">Its media type, as far as the browser knows it.</param>
public sealed record ChosenFile(string Key, string Name, long Bytes, string? Type = null);

/// <summary>One file of a <see cref="FileQueue"/>.</summary>
public sealed class UploadItem(ChosenFile file)
{
    /// <summary>The file.</summary>
    public ChosenFile File { get; } = file;

    /// <summary>Where it is.</summary>
    public UploadState State { get; internal set; }

    /// <summary>How many bytes the server has acknowledged.</summary>
    public long Sent { get; internal set; }

    /// <summary>The job it is for; null before there is one.</summary>
    public JobId? JobId { get; internal set; }

    /// <summary>What the server calls its upload; null before there is one.</summary>
    public string? FileId { get; internal set; }

    /// <summary>Whom its job tells of itself; null for nobody.</summary>
    internal WebhookRequest? Webhook { get; set; }

    /// <summary>Called once its job is made.</summary>
    internal Action<Submission>? Made { get; set; }

    /// <summary>Why it failed.</summary>
    public string? Problem { get; internal set; }

    /// <summary>Whether it is on its way.</summary>
    public bool IsUnderWay => State is UploadState.Waiting or UploadState.Starting or UploadState.Sending;

    /// <summary>Makes the job's input of the file's id.</summary>
    internal Func<string, JsonElement>? Input { get; set; }

    /// <summary>The tag of the jobs of all files that were sent with it; null where it is sent alone.</summary>
    internal string? Group { get; set; }

    internal void Fail(string problem)
    {
        State = UploadState.Failed;
        Problem = problem;
    }
}
