using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Serialization;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.External;

/// <summary>What a program says of its work beforehand.</summary>
internal sealed record ExternalInput
{
    private const int MaxHeartbeat = 86_400;
    private const int FailFactor = 10;
    private const int MaxFailAfter = 30 * 86_400;

    public static StagePlan DefaultStages { get; } = new(new Stage("working", "Working", 1));

    [Length(1, 50, ErrorMessage = "'stages' is a list of 1 to 50 stages.")]
    public IReadOnlyList<DeclaredStage>? Stages { get; init; }

    [Description("Silence longer than this marks the job stalled."), Range(1, MaxHeartbeat)]
    public int HeartbeatSeconds { get; init; } = 60;

    [Description("Silence longer than this ends it as failed; ten heartbeats by default."), Range(1, MaxFailAfter)]
    public int? FailAfterSeconds { get; init; }

    /// <summary>Its stages; one called <c>working</c> where it names none.</summary>
    [JsonIgnore]
    public StagePlan Plan { get; private init; } = DefaultStages;

    /// <summary>The longest silence that is no reason to worry.</summary>
    [JsonIgnore]
    public TimeSpan Heartbeat => TimeSpan.FromSeconds(HeartbeatSeconds);

    /// <summary>The silence after which the job is given up.</summary>
    [JsonIgnore]
    public TimeSpan FailAfter => FailAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : Heartbeat * FailFactor;

    /// <exception cref="WorkloadException"><c>invalid_input</c>, with the property.</exception>
    public ExternalInput Checked()
    {
        if (FailAfterSeconds < HeartbeatSeconds)
        {
            throw Refuse("failAfterSeconds", string.Create(
                CultureInfo.InvariantCulture, $"'failAfterSeconds' is a whole number of seconds from {HeartbeatSeconds} to {MaxFailAfter}."));
        }

        if (Stages is null)
            return this;
        try
        {
            return this with { Plan = new StagePlan([.. Stages.Select(s => new Stage(s.Name, s.Label ?? s.Name, s.Weight))]) };
        }
        catch (ArgumentException failure)
        {
            throw Refuse("stages", failure.Message.Split(" (Parameter")[0]);
        }
    }

    private static WorkloadException Refuse(string property, string message) =>
        new("invalid_input", message) { Property = property };
}
