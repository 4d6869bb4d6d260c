using System.Text.Json;
using ProgressHub.Core.Progress;

namespace ProgressHub.Core.Workloads;

/// <summary>What a workload is.</summary>
public sealed record WorkloadDescriptor
{
    /// <summary>Its name in the API, such as <c>translation</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Its name for a person.</summary>
    public required string Label { get; init; }

    /// <summary>What it does, in a sentence.</summary>
    public required string Description { get; init; }

    /// <summary>The JSON Schema (2020-12) of its input.</summary>
    public required JsonElement InputSchema { get; init; }

    /// <summary>The stages of a typical job of this kind.</summary>
    public required StagePlan Stages { get; init; }

    /// <summary>How many jobs of this kind may run at once; null for the server's own limit.</summary>
    public int? MaxConcurrency { get; init; }

    /// <summary>
    /// Whether the work is remote, and a job here only listens: such jobs hold no slot of
    /// <c>Execution:MaxConcurrency</c> but one of <c>Execution:MaxRemote</c>, and a restart of this server is no
    /// failure of theirs.
    /// </summary>
    public bool IsRemote { get; init; }

    /// <summary>How long one attempt may take; <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> for any time.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(6);

    /// <summary>How many attempts a job gets when its failures are transient and no item is finished in between.</summary>
    public int MaxAttempts { get; init; } = 4;

    /// <summary>Top-level input properties that are secrets: kept in memory for the job alone, never stored or logged.</summary>
    public IReadOnlyList<string> SecretInputs { get; init; } = [];

    /// <summary>
    /// The top-level input property that names uploaded files: a file id, or a list of them. Its values are checked
    /// before a job is accepted (files that are not the caller's do not exist), a form's <c>file</c> parts become its
    /// value, and the files live as long as a job that names them. Null for a workload that takes no files.
    /// </summary>
    public string? FileInput { get; init; }

    /// <summary>
    /// The forms in which <see cref="IWorkload.Render"/> gives a result, the one first that is meant where nobody asks for
    /// another; empty where a result is had as it is.
    /// </summary>
    public IReadOnlyList<ResultForm> ResultForms { get; init; } = [];

    /// <summary>How many files a job takes at most.</summary>
    public int MaxFiles { get; init; } = 1;
}

/// <summary>How one job would be done.</summary>
/// <param name="Stages">Its stages.</param>
/// <param name="Engine">What would do the work, such as <c>apertium</c>.</param>
/// <param name="SuggestedTitle">What to call it, where its submitter gave no title.</param>
public sealed record WorkloadPlan(StagePlan Stages, string? Engine, string SuggestedTitle)
{
    /// <summary>
    /// How much there is to do, in a unit of the workload's own (characters, seconds of audio): durations are learned in
    /// proportion to it. Null where it is not known yet, or says nothing.
    /// </summary>
    public double? InputSize { get; init; }

    /// <summary>
    /// How the work is cut into pieces, in any words: pieces of an earlier attempt, or of the job that a retry takes up, are
    /// restored only where they were made under the same key. Null where every cut of an input is the same.
    /// </summary>
    public string? PartialsKey { get; init; }

    /// <summary>Whether it may call models that charge for tokens; an owner whose month leaves none is then refused.</summary>
    public bool CallsModels { get; init; }

    /// <summary>Whether it hears audio, of which an owner may have so many minutes a month.</summary>
    public bool HearsAudio { get; init; }

    /// <summary>Words to find the job by, besides those of its submitter: at most 5, of up to 50 characters.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}

/// <summary>Whether an engine can work here.</summary>
/// <param name="Id">Its name in the API, such as <c>apertium</c>.</param>
/// <param name="Label">Its name for a person, with what it is worth where that matters ("rule-based, offline").</param>
/// <param name="Ready">Whether it can work now.</param>
/// <param name="Hint">What makes it ready, where it is not: one command or one setting.</param>
public sealed record EngineStatus(string Id, string Label, bool Ready, string? Hint = null)
{
    /// <summary>The choices it offers, such as language pairs <c>en-es</c>; empty where it takes any.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];
}
