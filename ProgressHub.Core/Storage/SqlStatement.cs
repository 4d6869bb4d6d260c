using System.Text.RegularExpressions;

namespace ProgressHub.Core.Storage;

/// <summary>
/// One SQL statement. Compared by identity: a session keeps one prepared command for each instance, so instances live
/// as long as the program.
/// </summary>
internal sealed partial class SqlStatement
{
    /// <summary>A statement whose parameters take their values in the order of their first mention.</summary>
    public SqlStatement(string text)
        : this(text, [.. ParameterName().Matches(text).Select(match => match.Value).Distinct()])
    {
    }

    /// <summary>A statement whose parameters take their values in the given order.</summary>
    public SqlStatement(string text, IReadOnlyList<string> parameters)
    {
        Text = text;
        Parameters = parameters;
    }

    public string Text { get; }

    public IReadOnlyList<string> Parameters { get; }

    [GeneratedRegex("@[a-z_0-9]+")]
    private static partial Regex ParameterName();
}
