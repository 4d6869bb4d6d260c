namespace ProgressHub.Web.Components.Pages;

/// <summary>Where a job begins.</summary>
public sealed partial class HomePage;
