namespace ProgressHub.AspNetCore.Snapshots;

/// <summary>Addresses of a job's resources, relative to the server; null, and not sent, where a host maps none.</summary>
/// <param name="Self">The snapshot.</param>
/// <param name="Events">The stream, the pages and the exports of its events.</param>
/// <param name="Partials">The pieces of the result so far.</param>
/// <param name="Result">The result.</param>
/// <param name="Watch">A page to watch it in: the route <c>/watch/{id}</c> of whoever has one.</param>
public sealed record JobLinks(string? Self, string? Events, string? Partials, string? Result, string? Watch);
