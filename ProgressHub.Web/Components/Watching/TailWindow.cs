namespace ProgressHub.Web.Components.Watching;

/// <summary>
/// The last part of a list that may be long, ordered by a key: at most <see cref="Limit"/> items, so that what a page
/// holds and renders is bounded. What does not fit falls off at the front and can be read again from the store.
/// </summary>
/// <param name="limit">How many items at first.</param>
/// <param name="key">The order. Keys are not negative.</param>
internal sealed class TailWindow<T>(int limit, Func<T, long> key)
    where T : class
{
    /// <summary>How far a reader can enlarge it.</summary>
    public const int MaxLimit = 3000;

    private readonly List<T> _items = [];

    /// <summary>The items, in order.</summary>
    public IReadOnlyList<T> Items => _items;

    /// <summary>At most this many.</summary>
    public int Limit { get; private set; } = limit;

    /// <summary>Whether there are items before the first.</summary>
    public bool HasEarlier { get; private set; }

    /// <summary>Whether it may show more of those.</summary>
    public bool CanShowEarlier => HasEarlier && Limit < MaxLimit;

    /// <summary>Starts over with the end of the list.</summary>
    public void Reset(IReadOnlyList<T> tail, bool hasEarlier)
    {
        _items.Clear();
        _items.AddRange(tail);
        HasEarlier = hasEarlier;
        Trim();
    }

    /// <summary>Adds an item, or replaces the one with its key.</summary>
    /// <param name="item">The item.</param>
    /// <param name="replaces">Whether it is newer than the one it is given.</param>
    public void Add(T item, Func<T, bool>? replaces = null)
    {
        var place = _items.Count;
        while (place > 0 && key(_items[place - 1]) >= key(item))
            place--;

        if (place < _items.Count && key(_items[place]) == key(item))
        {
            if (replaces?.Invoke(_items[place]) ?? false)
                _items[place] = item;
        }
        else if (place > 0 || !HasEarlier)
        {
            _items.Insert(place, item);
            Trim();
        }
    }

    /// <summary>Puts earlier items in front and makes room for them.</summary>
    public void Prepend(IReadOnlyList<T> earlier, bool hasEarlier)
    {
        Limit = Math.Min(MaxLimit, Math.Max(Limit, _items.Count) + earlier.Count);
        _items.InsertRange(0, earlier);
        HasEarlier = hasEarlier;
        Trim();
    }

    private void Trim()
    {
        if (_items.Count <= Limit)
            return;
        _items.RemoveRange(0, _items.Count - Limit);
        HasEarlier = true;
    }
}
