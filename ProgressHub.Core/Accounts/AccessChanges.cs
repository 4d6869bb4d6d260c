namespace ProgressHub.Core.Accounts;

/// <summary>Tells that somebody's access was taken back or changed, so that whoever holds something open looks again.</summary>
internal sealed class AccessChanges
{
    /// <summary>It did, and that is on disk. Called on any thread; a handler does not wait.</summary>
    public event Action? Changed;

    /// <summary>It did at another node; nobody knows whose. <see cref="Changed"/> is raised as well.</summary>
    public event Action? ChangedElsewhere;

    /// <summary>Says that it did at another node.</summary>
    public void TellElsewhere()
    {
        ChangedElsewhere?.Invoke();
        Tell();
    }

    /// <summary>Says so.</summary>
    public void Tell() => Changed?.Invoke();
}
