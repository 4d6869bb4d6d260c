namespace ProgressHub.Core.Accounts;

/// <summary>Tells that somebody's access was taken back or changed, so that whoever holds something open looks again.</summary>
internal sealed class AccessChanges
{
    /// <summary>It did, and that is on disk. Called on any thread; a handler does not wait.</summary>
    public event Action? Changed;

    /// <summary>Says so.</summary>
    public void Tell() => Changed?.Invoke();
}
