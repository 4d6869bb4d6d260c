using Dapper;
using Npgsql;

namespace ProgressHub.Core.Sharing;

/// <summary>Keys that all servers on one PostgreSQL go by. Asked for where nothing can be awaited, they keep a thread until they are there.</summary>
internal sealed class SharedKeys(SharedState state)
{
    private const string Add = "INSERT INTO shared_keys (name, value) VALUES (@name, @value) ON CONFLICT DO NOTHING";

    /// <summary>Whether they are kept here.</summary>
    public bool AreShared => state.IsThere;

    /// <summary>The key of a name: that of whichever server came first.</summary>
    /// <param name="name">The name.</param>
    /// <param name="proposed">What it is where there is none.</param>
    public byte[] FindOrAdd(string name, byte[] proposed) => Write(connection =>
    {
        connection.Execute(Add, new { name, value = proposed });
        return connection.QuerySingle<byte[]>("SELECT value FROM shared_keys WHERE name = @name", new { name });
    });

    /// <summary>Adds a key; false where there is one of that name.</summary>
    public bool TryAdd(string name, byte[] value) => Write(connection => connection.Execute(Add, new { name, value }) > 0);

    /// <summary>The keys whose names begin so, the earliest first.</summary>
    public IReadOnlyList<byte[]> List(string prefix) => Wait(state.Database.ReadAsync(connection => Select(connection, prefix), CancellationToken.None));

    /// <summary>Adds keys by what is there already; what has a name that is taken stays out.</summary>
    /// <param name="prefix">What their names begin with.</param>
    /// <param name="choose">Given whether there are none of these yet: which to add, each with its name.</param>
    public void AddBy(string prefix, Func<bool, IEnumerable<(string Name, byte[] Value)>> choose) => Write(connection =>
    {
        foreach (var (name, value) in choose(Select(connection, prefix).Count == 0))
            connection.Execute(Add, new { name, value });
        return 0;
    });

    private static List<byte[]> Select(NpgsqlConnection connection, string prefix) => connection.Query<byte[]>(
        "SELECT value FROM shared_keys WHERE starts_with(name, @prefix) ORDER BY added_at, name", new { prefix }).AsList();

    private T Write<T>(Func<NpgsqlConnection, T> body) => Wait(state.Database.WriteAsync(body, CancellationToken.None));

    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();
}
