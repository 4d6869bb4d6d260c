using System.Net;
using ProgressHub.Tool.Commands;
using ProgressHub.Tool.Server;

namespace ProgressHub.Tool;

/// <summary>The program <c>progresshub</c>.</summary>
internal static class ToolEntry
{
    public static async Task<int> Main(string[] arguments)
    {
        try
        {
            return await RunAsync(arguments);
        }
        catch (UsageException wrong)
        {
            return Fail(wrong.Message, ExitCode.Usage);
        }
        catch (ServerRefusal refusal)
        {
            return Fail(
                refusal.Status == HttpStatusCode.Unauthorized ? $"{refusal.Message} Sign in with 'progresshub login'." : refusal.Message,
                ExitCode.Unavailable);
        }
        catch (HttpRequestException away)
        {
            return Fail(away.Message, ExitCode.Unavailable);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return Fail(missing.Message, ExitCode.NoInput);
        }
    }

    private static Task<int> RunAsync(string[] all)
    {
        var arguments = new Arguments(all);
        var time = TimeProvider.System;
        switch (arguments.Word())
        {
            case "run" when OperatingSystem.IsWindows():
                throw new UsageException("'run' works on Linux and macOS; on Windows run it in WSL.");
            case "run":
                return new RunCommand(RunOptions.Read(arguments), time).RunAsync();
            case "submit":
                return SubmitCommand.RunAsync(arguments, time);
            case "watch":
                return WatchCommand.RunAsync(arguments, time);
            case "upload":
                return UploadCommand.RunAsync(arguments, time);
            case "login":
                return LoginCommand.RunAsync(arguments);
            case "logout":
                return Task.FromResult(LoginCommand.Forget());
            case "help" or "--help" or "-h":
                Console.Out.WriteLine(Help.Text);
                return Task.FromResult(0);
            case "--version":
                Console.Out.WriteLine(typeof(ToolEntry).Assembly.GetName().Version!.ToString(3));
                return Task.FromResult(0);
            case "migrate":
                throw new UsageException("The server's own program does that, beside its data: dotnet ProgressHub.Web.dll migrate --from DIR --to CONNECTION");
            case ("backup" or "restore" or "check") and var verb:
                throw new UsageException($"The server's own program does that, beside its data: dotnet ProgressHub.Web.dll {verb} DIR");
            case null:
                throw new UsageException($"What is it to do?\n{Help.Text}");
            case var unknown:
                throw new UsageException($"There is no '{unknown}'.\n{Help.Text}");
        }
    }

    private static int Fail(string words, int code)
    {
        Console.Error.WriteLine($"progresshub: {words}");
        return code;
    }
}
