using System.Text.Json;
using System.Text.Json.Serialization;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>How many more jobs each owner may have under way, while jobs are being claimed.</summary>
internal sealed partial class OwnerRoom
{
    private static readonly SqlStatement UnderWay =
        new($"SELECT owner FROM jobs WHERE {JobStatements.UnderWay} ORDER BY ord");

    private readonly RunningBounds _bounds;
    private readonly Dictionary<string, int> _running;
    private readonly HashSet<string> _full;

    private OwnerRoom(RunningBounds bounds, Dictionary<string, int> running)
    {
        (_bounds, _running) = (bounds, running);
        _full = [.. running.Keys.Concat(bounds.ByOwner.Keys).Where(owner => !HasRoom(owner))];
    }

    /// <summary>Who has none, as a JSON array.</summary>
    public string Full => JsonSerializer.Serialize(_full, OwnerJson.Default.IReadOnlyCollectionString);

    /// <summary>Reads who has how many.</summary>
    public static OwnerRoom Read(SqlSession session, RunningBounds bounds) => new(
        bounds,
        session.Query(UnderWay, reader => reader.GetString(0)).CountBy(owner => owner).ToDictionary(each => each.Key, each => each.Value));

    /// <summary>Takes a place of an owner's; false where there is none left.</summary>
    public bool TryTake(string owner)
    {
        if (!HasRoom(owner))
        {
            _full.Add(owner);
            return false;
        }

        _running[owner] = _running.GetValueOrDefault(owner) + 1;
        if (!HasRoom(owner))
            _full.Add(owner);
        return true;
    }

    private bool HasRoom(string owner) => _running.GetValueOrDefault(owner) < _bounds.Of(owner);

    [JsonSerializable(typeof(IReadOnlyCollection<string>))]
    private sealed partial class OwnerJson : JsonSerializerContext;
}
