namespace ProgressHub.Web.Components.Connect;

/// <summary>A way to connect a program to this server.</summary>
/// <param name="Name">Its script is <c>wwwroot-assets/connect/{Name}.js</c>, a module that exports <c>run(base, say, {signal, file})</c>.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="About">What it does.</param>
/// <param name="Curl">The same in a shell; <c>{base}</c> stands for this server's address.</param>
public sealed record Snippet(string Name, string Title, string About, string Curl)
{
    /// <summary>What the file is that it needs, such as a recording; null where it needs none.</summary>
    public string? File { get; init; }

    /// <summary>The files to choose from, as in HTML's <c>accept</c>.</summary>
    public string? Accept { get; init; }
}
