using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Connect;

/// <summary>A language to connect from, with programs to copy.</summary>
/// <param name="Name">How the address calls it: <c>?in=</c>.</param>
/// <param name="Label">What a person calls it; a text of the UI.</param>
/// <param name="Programs">The programs.</param>
internal sealed record ConnectLanguage(string Name, string Label, IReadOnlyList<ConnectProgram> Programs)
{
    private const string JavaScript = "javascript";

    /// <summary>All of them; what is in the page's own language can be run here and comes first.</summary>
    public static IReadOnlyList<ConnectLanguage> All { get; } =
    [
        new(JavaScript, UiText.Key("JavaScript"), []),
        new("curl", UiText.Key("curl"), ConnectPrograms.Curl),
        new("csharp", UiText.Key("C#"), ConnectPrograms.CSharp),
        new("python", UiText.Key("Python"), ConnectPrograms.Python),
        new("agent", UiText.Key("Agent (MCP)"), ConnectPrograms.Agent),
    ];

    /// <summary>The one the address names, else the first.</summary>
    public static ConnectLanguage Of(string? name) => All.FirstOrDefault(language => language.Name == name) ?? All[0];

    /// <summary>Where its programs are shown.</summary>
    public string Address => Name == JavaScript ? "connect" : $"connect?in={Name}";
}

/// <summary>A program to copy.</summary>
/// <param name="Title">What it does; a text of the UI.</param>
/// <param name="Text">The program; <c>{base}</c> stands for this server's address.</param>
internal sealed record ConnectProgram(string Title, string Text);
