namespace ProgressHub.Tests.Docs;

/// <summary>A fenced block of a Markdown file.</summary>
/// <param name="Language">What stands behind the fence, such as <c>bash</c>; empty where nothing does.</param>
/// <param name="Marker">The HTML comment on the line above it, such as <c>tested</c>; empty where there is none.</param>
/// <param name="Code">What is inside.</param>
internal sealed record CodeBlock(string Language, string Marker, string Code)
{
    private const string FromPrefix = "from ";
    private const string TestedInPrefix = "tested in ";
    private const string NotRunPrefix = "not run: ";

    /// <summary>Whether it is run as it stands, with the others of its file.</summary>
    public bool IsTested => Marker == "tested";

    /// <summary>The compiled file it is an excerpt of; null where it says none.</summary>
    public string? Source => After(FromPrefix);

    /// <summary>The test that runs it; null where it says none.</summary>
    public string? Test => After(TestedInPrefix);

    /// <summary>Why nobody runs it; null where it does not say.</summary>
    public string? Excuse => After(NotRunPrefix);

    private string? After(string prefix) =>
        Marker.StartsWith(prefix, StringComparison.Ordinal) ? Marker[prefix.Length..] : null;
}
