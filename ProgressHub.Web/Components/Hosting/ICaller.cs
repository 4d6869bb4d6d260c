namespace ProgressHub.Web.Components.Hosting;

/// <summary>On whose behalf the components of one circuit act. Registered with a circuit's lifetime (scoped).</summary>
public interface ICaller
{
    /// <summary>The owner whose jobs are shown and submitted.</summary>
    string Owner { get; }

    /// <summary>What the person who has signed in is called; null where nobody signs in.</summary>
    string? Name => null;

    /// <summary>Whether the person who has signed in may see to accounts and to the whole server.</summary>
    bool IsAdministrator => false;

    /// <summary>Whether they may look at the whole server, as anybody may where nobody signs in.</summary>
    bool SeesServer => Name is null || IsAdministrator;
}
