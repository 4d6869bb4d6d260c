using System.Diagnostics;

namespace ProgressHub.Tests.Support;

/// <summary>Runs a program to its end and keeps all it says.</summary>
internal static class CommandRun
{
    /// <summary>Runs it; fails with its output where it does not end well.</summary>
    /// <returns>What it wrote, errors and all.</returns>
    public static async Task<string> SucceedAsync(
        string program, string[] arguments, string folder, TimeSpan limit, params (string Key, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (key, value) in environment)
            start.Environment[key] = value;

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (written, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var inTime = true;
        using (var patience = new CancellationTokenSource(limit))
        {
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                inTime = false;
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }
        }

        var output = $"{await written}\n{await errors}";
        Assert.True(inTime, $"{program} {string.Join(' ', arguments)} did not end within {limit}:\n{output}");
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{output}");
        return output;
    }
}
