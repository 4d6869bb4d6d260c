namespace ProgressHub.Web.Components.Pages;

/// <summary>How programs connect to this server, to copy and to try.</summary>
public sealed partial class ConnectPage;
