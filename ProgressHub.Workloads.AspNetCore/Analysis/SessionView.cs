using System.Text.Json;
using ProgressHub.Workloads.Analysis.Results;
using ProgressHub.Workloads.Analysis.Samples;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.AspNetCore.Analysis;

/// <summary>What a session is to be about.</summary>
internal sealed record SessionRequest
{
    /// <summary>What to call it, up to 200 characters.</summary>
    public string? Name { get; init; }

    /// <summary>A table that comes with the server, such as <c>prices</c>.</summary>
    public string? Sample { get; init; }

    /// <summary>The id of an upload.</summary>
    public string? File { get; init; }

    /// <summary>How the file is to be read, where what is found out is wrong; all of it may be left out.</summary>
    public TableReading? Reading { get; init; }
}

/// <summary>A session.</summary>
/// <param name="Id">Its id, 32 hexadecimal digits.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Sample">The sample it is about.</param>
/// <param name="DataName">What its table is called.</param>
/// <param name="Data">Its table; missing as long as no question has had it read.</param>
/// <param name="Warnings">What was not as it should be in the file.</param>
/// <param name="Suggestions">Questions it could be asked.</param>
/// <param name="Choices">What was chosen where a question was unclear: a term and the column it means.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UsedAt">When it was last asked something.</param>
/// <param name="Links">Where to go on.</param>
internal sealed record SessionView(
    string Id, string Name, string? Sample, string DataName, DataView? Data, IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Suggestions, IReadOnlyDictionary<string, string> Choices, DateTimeOffset CreatedAt, DateTimeOffset UsedAt,
    SessionLinks Links)
{
    /// <summary>How its file was read, in the shape in which it can be corrected; missing as long as nothing has had it read.</summary>
    public TableReading? Reading { get; init; }

    /// <summary>Its questions: the states of their jobs, the newest last. Only where one session is asked for.</summary>
    public IReadOnlyList<JsonElement>? Questions { get; init; }
}

/// <summary>Where to go on from a session.</summary>
/// <param name="Self">The session.</param>
/// <param name="Questions">Its questions as a list of jobs, newest first.</param>
internal sealed record SessionLinks(string Self, string Questions);

/// <summary>The caller's sessions.</summary>
/// <param name="Sessions">The one used last first.</param>
internal sealed record SessionList(IReadOnlyList<SessionView> Sessions);

/// <summary>The tables that come with the server.</summary>
/// <param name="Samples">All of them.</param>
internal sealed record SampleList(IReadOnlyList<SampleTable> Samples);
