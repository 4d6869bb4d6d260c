namespace ProgressHub.Core.Postgres;

/// <summary>Where whatever all nodes share is kept.</summary>
/// <param name="ConnectionString">Of PostgreSQL, as Npgsql reads it; null where there is one node, which keeps all in its data directory.</param>
internal sealed record SharedDatabase(string? ConnectionString);
