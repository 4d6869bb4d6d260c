namespace ProgressHub.Web.Components.Connect;

/// <summary>A way to connect a program to this server.</summary>
/// <param name="Name">Its script is <c>wwwroot-assets/connect/{Name}.js</c>, a module that exports <c>run(base, say, {signal, file})</c>.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="About">What it does.</param>
/// <param name="Curl">The same in a shell; <c>{base}</c> stands for this server's address.</param>
public sealed record Snippet(string Name, string Title, string About, string Curl)
{
    /// <summary>The dialect whose routes it uses, as the API's description names it; null for the native ones.</summary>
    public string? Dialect { get; init; }

    /// <summary>The same with a library that many have already; <c>{base}</c> stands for this server's address.</summary>
    public LibraryUse? Library { get; init; }

    /// <summary>The file it needs, such as a recording; null where it needs none.</summary>
    public SnippetFile? File { get; init; }
}

/// <summary>A program that uses a library.</summary>
/// <param name="Label">Which library.</param>
/// <param name="Text">The program.</param>
public sealed record LibraryUse(string Label, string Text);

/// <summary>A file that a way to connect needs.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Accept">The files to choose from, as in HTML's <c>accept</c>.</param>
/// <param name="Kind">The workload that takes it; one of its engines must be ready.</param>
/// <param name="Reason">What is said as long as none is chosen.</param>
public sealed record SnippetFile(string Label, string Accept, string Kind, string Reason);
