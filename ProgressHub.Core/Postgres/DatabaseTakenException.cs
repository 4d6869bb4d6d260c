namespace ProgressHub.Core.Postgres;

/// <summary>Another program writes to this database.</summary>
internal sealed class DatabaseTakenException() : Exception(
    "Another ProgressHub writes to this database. Stop it, or give this one a database or a schema of its own (Storage:ConnectionString, 'Search Path').");
