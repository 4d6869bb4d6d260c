using ProgressHub.Core.Jobs;
using ProgressHub.Core.Sqlite;
using ProgressHub.Core.Storage.Backups;

namespace ProgressHub.Web.Hosting;

/// <summary>
/// What the program does with a data directory instead of serving it: <c>check [DIR]</c>, <c>backup DIR</c> and
/// <c>restore DIR</c>, with the server's own settings behind it, and <c>migrate --from DIR --to CONNECTION</c>.
/// </summary>
internal static class DataCommands
{
    private const int Done = 0;
    private const int Damaged = 1;
    private const int NotDone = 2;

    // Settings by which a part of the data may lie outside of the data directory.
    private static readonly (string Folder, string Key)[] Elsewhere =
        [("blobs", "Uploads:Directory"), ("knowledge", "Knowledge:Directory"), ("analysis", "Analysis:Directory")];

    /// <summary>Does what the command line asks for, where it asks for any of that.</summary>
    /// <returns>The exit code; null where the server is to run.</returns>
    public static async Task<int?> RunAsync(string[] args)
    {
        if (args is ["migrate", .. var words])
            return await MigrateAsync(words);
        if (args is not [("check" or "backup" or "restore") and var verb, .. var rest])
            return null;
        var folder = rest is [var first, ..] && !first.StartsWith('-') ? first : null;
        try
        {
            var folders = Folders(folder is null ? rest : rest[1..]);
            return (verb, folder) switch
            {
                ("check", _) => await CheckAsync(folder is null ? folders : new DataFolders(Path.GetFullPath(folder))),
                (_, null) => await FailAsync($"Name a folder: {verb} DIR"),
                ("backup", _) => await TellAsync($"{DataBackup.Run(folders, folder, TimeProvider.System)} files of {folders.Data} are in {folder}."),
                _ => await TellAsync($"{DataRestore.Run(folder, folders)} files of {folder} are in {folders.Data}."),
            };
        }
        catch (Exception failure) when (failure is InvalidOperationException || SqliteOutage.Explain(failure) is not null)
        {
            return await FailAsync(failure.Message);
        }
    }

    private static async Task<int> MigrateAsync(string[] words)
    {
        if (words is not ["--from", var directory, "--to", var database, .. var settings])
            return await FailAsync("Say what is moved, and where to: migrate --from DIR --to 'Host=…;Database=…;Username=…;Password=…'");
        try
        {
            var folders = Folders([.. settings, $"--{HostSetup.DataDirectory}={Path.GetFullPath(directory)}"]);
            var rows = DataMove.Run(folders, database, MovedData.All, TimeProvider.System, Console.Out.WriteLine);
            await KeyMove.RunAsync(folders.Data, database);
            return await TellAsync(
                $"{rows} rows and the keys of {directory} are in PostgreSQL. Files stay in {directory}: go on with it as Storage:DataDirectory.");
        }
        catch (Exception failure) when (failure is InvalidOperationException or StorageUnavailableException || SqliteOutage.Explain(failure) is not null)
        {
            return await FailAsync(failure.Message);
        }
    }

    private static DataFolders Folders(string[] settings)
    {
        var builder = WebApplication.CreateBuilder(HostSetup.Settings(settings));
        builder.UseServerDefaults();
        var data = builder.Configuration[HostSetup.DataDirectory]!;
        return new DataFolders(data, Elsewhere
            .Select(each => (each.Folder, Path: builder.Configuration[each.Key]))
            .Where(each => !string.IsNullOrEmpty(each.Path) && Path.GetFullPath(each.Path) != Path.Combine(data, each.Folder))
            .ToDictionary(each => each.Folder, each => Path.GetFullPath(each.Path!)));
    }

    private static async Task<int> CheckAsync(DataFolders folders)
    {
        var findings = DataCheck.Run(folders, TimeProvider.System);
        foreach (var finding in findings)
            await Console.Out.WriteLineAsync(finding.ToString());
        if (findings.Count == 0)
            return await TellAsync($"{folders.Data} is sound.");
        await Console.Error.WriteLineAsync(
            $"{folders.Data} is damaged: {findings.Count} findings, {findings.Select(f => f.Job).OfType<string>().Distinct().Count()} jobs hurt. Restore a backup.");
        return Damaged;
    }

    private static async Task<int> TellAsync(string words)
    {
        await Console.Out.WriteLineAsync(words);
        return Done;
    }

    private static async Task<int> FailAsync(string words)
    {
        await Console.Error.WriteLineAsync($"ProgressHub: {words}");
        return NotDone;
    }
}
