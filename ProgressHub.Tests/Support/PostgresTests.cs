namespace ProgressHub.Tests.Support;

/// <summary>Tests that share a PostgreSQL.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresTests : ICollectionFixture<PostgresServer>
{
    public const string Name = "PostgreSQL";
}
