namespace ProgressHub.Web.Components.Pages;

/// <summary>What waits, and when it may be expected to begin.</summary>
public sealed partial class QueuePage;
