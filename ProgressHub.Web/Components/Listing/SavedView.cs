namespace ProgressHub.Web.Components.Listing;

/// <summary>A list of jobs under a name.</summary>
/// <param name="Name">What the reader calls it.</param>
/// <param name="Query">What is listed, as it stands in the address.</param>
internal sealed record SavedView(string Name, string Query);
