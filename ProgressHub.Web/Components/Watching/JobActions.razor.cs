namespace ProgressHub.Web.Components.Watching;

/// <summary>What can be done with a job where it stands, as buttons.</summary>
public sealed partial class JobActions;
