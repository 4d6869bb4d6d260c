using System.Net;
using ProgressHub.Tool.Server;

namespace ProgressHub.Tool.Commands;

/// <summary><c>progresshub login</c>: saves where the server is and who one is there, once the server agrees.</summary>
internal static class LoginCommand
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        string? server = null;
        while (arguments.Option() is { } option)
            server = option is "-u" or "--url" ? arguments.Value(option) : throw Arguments.Unknown(option);
        var token = arguments.Word() ?? Ask();
        var login = SavedLogin.Find(server) with { Token = string.IsNullOrWhiteSpace(token) ? null : token.Trim() };
        if (login.Token?.Any(c => c is <= ' ' or > '~') == true)
            throw new UsageException("A key has letters, digits and signs alone.");
        using var api = new ServerApi(login);
        try
        {
            await api.CheckAsync(CancellationToken.None);
        }
        catch (ServerRefusal refusal) when (refusal.Status == HttpStatusCode.Unauthorized)
        {
            Console.Error.WriteLine($"progresshub: {login.Server} does not know this key; nothing was saved.");
            return ExitCode.Unavailable;
        }

        SavedLogin.Write(login);
        Console.Error.WriteLine($"progresshub: saved in {SavedLogin.File}");
        return 0;
    }

    public static int Forget()
    {
        Console.Error.WriteLine(SavedLogin.Remove() ? "progresshub: forgotten" : "progresshub: nothing was saved");
        return 0;
    }

    private static string? Ask()
    {
        if (Console.IsInputRedirected)
            return Console.In.ReadLine();
        Console.Error.Write("API key (empty where the server asks for none): ");
        var key = new System.Text.StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } pressed)
        {
            if (pressed.Key == ConsoleKey.Backspace)
                key.Length = Math.Max(0, key.Length - 1);
            else
                key.Append(pressed.KeyChar);
        }

        Console.Error.WriteLine();
        return key.ToString();
    }
}
