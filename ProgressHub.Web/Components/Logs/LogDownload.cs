using System.Globalization;
using System.Text;

namespace ProgressHub.Web.Components.Logs;

/// <summary>A log as a text file.</summary>
internal static class LogDownload
{
    /// <summary>Writes all lines up to an event: time, level and message, without colours.</summary>
    public static async Task<MemoryStream> WriteAsync(LogReader reader, long seq, CancellationToken cancellationToken)
    {
        var text = new MemoryStream();
        await using (var writer = new StreamWriter(text, new UTF8Encoding(false), leaveOpen: true))
        {
            await foreach (var line in reader.AllAsync(seq, cancellationToken))
            {
                await writer.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{line.At.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ} {line.Level.ToString().ToUpperInvariant(),-7} {AnsiText.Plain(line.Message)}"));
            }
        }

        text.Position = 0;
        return text;
    }
}
