namespace ProgressHub.Core.Jobs;

/// <summary>By what a sweep goes.</summary>
/// <param name="Time">The clock.</param>
/// <param name="Turns">Who of several nodes makes it.</param>
internal sealed record SweepSchedule(TimeProvider Time, ISweepTurns Turns);
