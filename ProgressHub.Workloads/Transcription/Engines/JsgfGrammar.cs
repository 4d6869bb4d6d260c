using System.Text.RegularExpressions;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Transcription.Engines;

/// <summary>
/// A grammar of what may be said, in JSGF (W3C Note, June 2000), checked before a program reads it. Grammars that import
/// others are refused: that would open files of the server.
/// </summary>
internal sealed partial class JsgfGrammar
{
    private static readonly string[] Predefined = ["<NULL>", "<VOID>"];

    private JsgfGrammar(string text, IReadOnlySet<string> words)
    {
        Text = text;
        Words = words;
    }

    /// <summary>The whole grammar.</summary>
    public string Text { get; }

    /// <summary>The words that may be said.</summary>
    public IReadOnlySet<string> Words { get; }

    /// <summary>Reads a grammar, or the right side of its one rule, such as <c>(yes | no)+</c>.</summary>
    /// <exception cref="WorkloadException"><c>invalid_grammar</c>.</exception>
    public static JsgfGrammar Parse(string text)
    {
        var whole = text.StartsWith("#JSGF", StringComparison.Ordinal)
            ? text
            : $"#JSGF V1.0;\ngrammar spoken;\npublic <spoken> = {text.TrimEnd(';', ' ', '\r', '\n')};\n";
        var words = new HashSet<string>(StringComparer.Ordinal);
        var defined = new HashSet<string>(Predefined, StringComparer.Ordinal);
        var used = new HashSet<string>(StringComparer.Ordinal);
        var hasPublic = false;
        foreach (var (index, statement) in Statements(whole).Index())
        {
            if (index == 0)
                continue;
            switch (statement)
            {
                case ["grammar", _]:
                    break;
                case ["import", ..]:
                    throw Invalid("it imports another grammar, which is not possible here");
                case ["public", ['<', ..] name, "=", .. var right]:
                    hasPublic = true;
                    Read(name, right);
                    break;
                case [['<', ..] name, "=", .. var right]:
                    Read(name, right);
                    break;
                default:
                    throw Invalid($"'{string.Join(' ', statement.Take(4))}' is no rule; a rule is <name> = words;");
            }
        }

        if (!hasPublic)
            throw Invalid("it has no public rule");
        if (used.Except(defined).FirstOrDefault() is { } missing)
            throw Invalid($"the rule {missing} is used and not there");
        return words.Count > 0 ? new JsgfGrammar(whole, words) : throw Invalid("it has no words");

        void Read(string name, IReadOnlyList<string> right)
        {
            defined.Add(name);
            CheckBrackets(right);
            foreach (var token in right)
            {
                if (token[0] == '<')
                    used.Add(token);
                else if (token[0] is not ('(' or ')' or '[' or ']' or '|' or '*' or '+' or '=' or '{' or '/'))
                    words.Add(token.Trim('"'));
            }
        }
    }

    private static List<List<string>> Statements(string text)
    {
        var bare = Comment().Replace(text, " ");
        List<List<string>> statements = [[]];
        var position = 0;
        foreach (Match match in Token().Matches(bare))
        {
            if (!string.IsNullOrWhiteSpace(bare[position..match.Index]))
                throw Invalid($"'{bare[position..match.Index].Trim()}' is out of place");
            position = match.Index + match.Length;
            if (match.Value == ";")
                statements.Add([]);
            else
                statements[^1].Add(match.Value);
        }

        if (!string.IsNullOrWhiteSpace(bare[position..]) || statements[^1].Count > 0)
            throw Invalid("it does not end with a semicolon");
        statements.RemoveAt(statements.Count - 1);
        return statements;
    }

    private static void CheckBrackets(IReadOnlyList<string> tokens)
    {
        var open = new Stack<string>();
        foreach (var token in tokens)
        {
            if (token is "(" or "[")
                open.Push(token);
            else if (token is ")" or "]" && (!open.TryPop(out var opened) || (opened == "(") != (token == ")")))
                throw Invalid($"'{token}' closes nothing");
        }

        if (open.Count > 0)
            throw Invalid($"'{open.Peek()}' is not closed");
    }

    private static WorkloadException Invalid(string why) =>
        new("invalid_grammar", $"The grammar can't be used: {why}.") { Property = "grammar" };

    [GeneratedRegex(@"/\*.*?\*/|//[^\n]*", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex("""<[^<>\s]+>|\{[^{}]*\}|/[0-9.eE+\-]+/|"[^"\n]*"|[()\[\]|*+;=]|[^\s()\[\]|*+;=<>{}/"]+""")]
    private static partial Regex Token();
}
