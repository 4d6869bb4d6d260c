using ProgressHub.Tool.Server;

namespace ProgressHub.Tool.Commands;

/// <summary><c>progresshub watch</c>: a job until it ends.</summary>
internal static class WatchCommand
{
    public static async Task<int> RunAsync(Arguments arguments, TimeProvider time)
    {
        string? server = null, job = null;
        while (arguments.Rest.Count > 0)
        {
            var option = arguments.Option();
            if (option is "-u" or "--url")
                server = arguments.Value(option);
            else if (option is not null)
                throw Arguments.Unknown(option);
            else
                job = arguments.Value("JOB");
        }

        // Its page's address will do.
        job = job?.TrimEnd('/').Split('/')[^1] ?? throw new UsageException("Which job? progresshub watch JOB");
        if (job.Length == 0 || !job.All(char.IsAsciiLetterOrDigit))
            throw new UsageException($"'{job}' is not the id of a job.");
        using var api = new ServerApi(SavedLogin.Find(server));
        using var view = new TerminalView(api, time);
        return await view.ShowAsync(job, CancellationToken.None);
    }
}
