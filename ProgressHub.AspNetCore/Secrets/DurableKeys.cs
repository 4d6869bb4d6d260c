using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using ProgressHub.Core.Files;

namespace ProgressHub.AspNetCore.Secrets;

/// <summary>
/// Keys as files that a power loss does not empty: a key is on the disk before anything is protected with it. One that
/// can't be read is set aside and told of, and the others serve; ASP.NET's own way fails every page for it.
/// </summary>
internal sealed partial class DurableKeys(DirectoryInfo folder, ILoggerFactory loggers) : FileSystemXmlRepository(folder, loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger<DurableKeys>();

    /// <inheritdoc/>
    public override IReadOnlyCollection<XElement> GetAllElements()
    {
        if (Directory.Exists)
        {
            foreach (var file in Directory.EnumerateFiles("*.xml"))
                SetAsideIfUnreadable(file);
        }

        return base.GetAllElements();
    }

    /// <inheritdoc/>
    public override void StoreElement(XElement element, string friendlyName)
    {
        base.StoreElement(element, friendlyName);
        foreach (var file in Directory.EnumerateFiles($"{friendlyName}.xml"))
            PrivateFolder.SyncFile(file.FullName);
        PrivateFolder.Sync(Directory.FullName);
    }

    private void SetAsideIfUnreadable(FileInfo file)
    {
        try
        {
            using var stream = file.OpenRead();
            _ = XElement.Load(stream);
        }
        catch (XmlException damaged)
        {
            var aside = $"{file.FullName}.unreadable";
            File.Move(file.FullName, aside, overwrite: true);
            LogSetAside(damaged, file.FullName, aside);
        }
    }

    [LoggerMessage(LogLevel.Error, "The key {File} can't be read and is now {Aside}. What was protected with it opens again once it is put back from a backup.")]
    private partial void LogSetAside(Exception damaged, string file, string aside);
}
