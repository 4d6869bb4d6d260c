using System.Text.Json;

namespace ProgressHub.Tool.Server;

/// <summary>
/// Which server, and with which token: options, then <c>PROGRESSHUB_URL</c> and <c>PROGRESSHUB_TOKEN</c>, then what
/// <c>progresshub login</c> has saved. A saved token goes to its own server alone.
/// </summary>
internal static class SavedLogin
{
    private const string Default = "http://localhost:5080";
    private const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The file: <c>$XDG_CONFIG_HOME/progresshub/login.json</c>, below <c>~/.config</c> by default.</summary>
    public static string File { get; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "progresshub", "login.json");

    public static Login Find(string? server)
    {
        var saved = Read();
        var address = server ?? Variable("PROGRESSHUB_URL") ?? saved?.Server ?? Default;
        var token = Variable("PROGRESSHUB_TOKEN") ?? (saved?.Server.TrimEnd('/') == address.TrimEnd('/') ? saved?.Token : null);
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? new Login(address, token)
            : throw new UsageException($"'{address}' is not the address of a server, such as {Default}.");
    }

    /// <summary>Saves it, for its owner's eyes alone from the first byte on.</summary>
    public static void Write(Login login)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        var written = $"{File}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnersOnly;
        using (var stream = new FileStream(written, options))
            JsonSerializer.Serialize(stream, login, ToolJson.Default.Login);
        System.IO.File.Move(written, File, overwrite: true);
    }

    public static bool Remove()
    {
        var was = System.IO.File.Exists(File);
        System.IO.File.Delete(File);
        return was;
    }

    private static Login? Read()
    {
        try
        {
            return System.IO.File.Exists(File) ? JsonSerializer.Deserialize(System.IO.File.ReadAllBytes(File), ToolJson.Default.Login) : null;
        }
        catch (JsonException)
        {
            throw new UsageException($"{File} can't be read; sign in again with 'progresshub login'.");
        }
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
