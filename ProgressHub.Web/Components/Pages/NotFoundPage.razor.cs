namespace ProgressHub.Web.Components.Pages;

/// <summary>What stands at an address that is none of ours.</summary>
public sealed partial class NotFoundPage;
