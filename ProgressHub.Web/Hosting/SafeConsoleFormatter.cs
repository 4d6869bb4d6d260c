using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace ProgressHub.Web.Hosting;

/// <summary>
/// The console's usual lines, in which what strangers wrote can do nothing: a control character in a message or an
/// exception would else clear the terminal, retitle it or pass for a line of its own.
/// </summary>
internal sealed class SafeConsoleFormatter(IServiceProvider services) : ConsoleFormatter(FormatterName)
{
    /// <summary>Its name in <c>Logging:Console:FormatterName</c>.</summary>
    public const string FormatterName = "safe";

    private readonly Lazy<ConsoleFormatter> _usual = new(() =>
        services.GetServices<ConsoleFormatter>().First(formatter => formatter.Name == ConsoleFormatterNames.Simple));

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var usual = logEntry.Formatter;
        var exception = logEntry.Exception;
        _usual.Value.Write(
            new LogEntry<TState>(
                logEntry.LogLevel, logEntry.Category, logEntry.EventId, logEntry.State,
                exception is null ? null : new Told(Escape(exception.ToString())),
                (state, _) => Escape(usual(state, exception))),
            scopeProvider, textWriter);
    }

    /// <summary>A text in which control and format characters other than line ends and tabs are written as <c>\u001b</c>.</summary>
    internal static string Escape(string text)
    {
        if (!text.Any(IsUnsafe))
            return text;
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (IsUnsafe(c))
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                escaped.Append(c);
        }

        return escaped.ToString();
    }

    private static bool IsUnsafe(char c) => c is not ('\n' or '\t')
        && char.GetUnicodeCategory(c) is
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    /// <summary>An exception that is only told.</summary>
    private sealed class Told(string text) : Exception
    {
        public override string ToString() => text;
    }
}
