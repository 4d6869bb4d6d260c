namespace ProgressHub.Web.Components.Pages;

/// <summary>What is submitted at certain times, and what came of it.</summary>
public sealed partial class SchedulesPage;
