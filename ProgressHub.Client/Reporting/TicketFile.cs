using System.Text.Json;

namespace ProgressHub.Client.Reporting;

/// <summary>
/// What a program remembers of its job while it runs: first the key that it submits with, so that a crash in between
/// makes no second job, then the ticket.
/// </summary>
internal sealed class TicketFile(string path)
{
    /// <summary>Null where there is none, or none that can be read.</summary>
    public TicketFileContent? Read()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), ReportJson.Default.TicketFileContent);
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Written whole under another name first: a crash leaves the earlier one or this one.</summary>
    public void Write(TicketFileContent content)
    {
        var draft = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(draft, options))
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(content, ReportJson.Default.TicketFileContent));
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }

    public void Delete() => File.Delete(path);
}

/// <summary>What stands in it.</summary>
internal sealed record TicketFileContent(string Key, JobTicket? Ticket);
