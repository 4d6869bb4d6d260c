namespace ProgressHub.Core.Sqlite;

/// <summary>One step of a schema.</summary>
/// <param name="Version">Its number, from 1; the steps have the numbers 1, 2, 3, … without a gap.</param>
/// <param name="Name">What it brings, such as <c>durations</c>.</param>
/// <param name="Sql">Its statements, run in one transaction.</param>
public sealed record MigrationScript(int Version, string Name, string Sql);
