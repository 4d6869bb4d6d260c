namespace ProgressHub.Web.Components.Hosting;

/// <summary>On whose behalf the components of one circuit act. Registered with a circuit's lifetime (scoped).</summary>
public interface ICaller
{
    /// <summary>The owner whose jobs are shown and submitted.</summary>
    string Owner { get; }
}
