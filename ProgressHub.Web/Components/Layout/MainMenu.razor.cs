namespace ProgressHub.Web.Components.Layout;

/// <summary>Where one can go: a rail at the side, on a phone a bar at the bottom.</summary>
public sealed partial class MainMenu;
