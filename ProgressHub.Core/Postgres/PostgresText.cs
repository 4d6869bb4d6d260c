using System.Text;

namespace ProgressHub.Core.Postgres;

/// <summary>What a text of PostgreSQL can't hold (22021): the character NUL, and half of a surrogate pair.</summary>
internal static class PostgresText
{
    private const char Replacement = '\uFFFD';

    /// <summary>The text with U+FFFD in the place of each.</summary>
    public static string Clean(string text)
    {
        if (text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        return text.Replace('\0', Replacement);
    }
}
