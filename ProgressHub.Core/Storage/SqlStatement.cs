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

    /// <summary>
    /// A parameter of which the planner does not see the value. Compared bare with a column that a partial index names, such as
    /// a state, it makes SQLite look which index the value fits, and prepare the statement anew for each execution.
    /// </summary>
    public static string Opaque(string parameter) => $"CAST({parameter} AS text)";

    [GeneratedRegex("@[a-z_0-9]+")]
    private static partial Regex ParameterName();
}
