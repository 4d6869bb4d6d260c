using System.Diagnostics;

namespace ProgressHub.Tests.Support;

/// <summary>The server's program where it does something with a data directory instead of serving it.</summary>
internal static class DataProgram
{
    public static async Task<(int Code, string Error, string Output)> RunAsync(params string[] words)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var word in (string[])[Path.Combine(AppContext.BaseDirectory, "ProgressHub.Web.dll"), .. words])
            start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().Soon();
        return (process.ExitCode, error, await output);
    }
}
