using System.Collections.Concurrent;
using ProgressHub.Core.Accounts;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>
/// What was found out about credentials a moment ago, so that a busy program is not looked up for each of its requests.
/// Whatever changes here empties it; what another server changes counts within two seconds.
/// </summary>
internal sealed class AccessCache : IDisposable
{
    private const int Capacity = 10_000;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, (Access? Access, long At)> _known = new(StringComparer.Ordinal);
    private readonly AccessChanges _changes;
    private readonly TimeProvider _time;

    public AccessCache(AccessChanges changes, TimeProvider time)
    {
        (_changes, _time) = (changes, time);
        _changes.Changed += _known.Clear;
    }

    /// <summary>What is known, or is found out now.</summary>
    /// <param name="key">What it is known under; no secret.</param>
    /// <param name="find">Finds it out.</param>
    public async ValueTask<Access?> GetAsync(string key, Func<Task<Access?>> find)
    {
        if (_known.TryGetValue(key, out var known) && _time.GetElapsedTime(known.At) < Fresh)
            return known.Access;
        var now = _time.GetTimestamp();
        var access = await find();
        if (_known.Count >= Capacity)
            _known.Clear();
        _known[key] = (access, now);
        return access;
    }

    public void Dispose() => _changes.Changed -= _known.Clear;
}
