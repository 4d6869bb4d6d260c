using System.Globalization;
using System.Text;

namespace ProgressHub.Tool.Terminal;

/// <summary>A progress bar on the last line of a terminal; nothing where there is none. What others say is never taken for control codes.</summary>
/// <param name="to">The terminal.</param>
/// <param name="isPlain">Whether it is none.</param>
internal sealed class BarLine(TextWriter to, bool isPlain) : IDisposable
{
    private const int Cells = 24;
    private const int Margin = 40;
    private bool _isDrawn;

    /// <summary>Draws it: null where nobody knows how far it is.</summary>
    public void Draw(double? fraction, string words)
    {
        if (isPlain)
            return;
        to.Write($"\r{Text(fraction, Safe(words), Width())}\u001b[K");
        _isDrawn = true;
    }

    /// <summary>Writes a line above it.</summary>
    public void WriteLine(string line)
    {
        if (_isDrawn)
            to.Write("\r\u001b[K");
        _isDrawn = false;
        to.WriteLine(Safe(line));
    }

    public void Dispose()
    {
        if (_isDrawn)
            to.WriteLine();
        _isDrawn = false;
    }

    /// <summary>The bar as text, no wider than <paramref name="width"/>.</summary>
    public static string Text(double? fraction, string words, int width)
    {
        var full = (int)Math.Floor((fraction ?? 0) * Cells);
        var percent = fraction is { } share ? string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(share * 100),3} %") : "  ? %";
        var text = $"[{new string('#', full)}{new string('.', Cells - full)}] {percent} {words}";
        return text.Length > width ? text[..width] : text;
    }

    /// <summary>The text in one line without control characters.</summary>
    public static string Safe(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var c in text)
            safe.Append(char.IsControl(c) ? ' ' : c);
        return safe.ToString();
    }

    private static int Width()
    {
        try
        {
            return Math.Max(Margin, Console.WindowWidth - 1);
        }
        catch (IOException)
        {
            return Margin * 2;
        }
    }
}
