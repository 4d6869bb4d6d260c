using ProgressHub.Tool.Server;

namespace ProgressHub.Tool.Commands;

/// <summary><c>progresshub upload</c>: a file, resumable; prints its id for a job's input.</summary>
internal static class UploadCommand
{
    public static async Task<int> RunAsync(Arguments arguments, TimeProvider time)
    {
        string? server = null, file = null, name = null, resume = null;
        while (arguments.Rest.Count > 0)
        {
            switch (arguments.Option())
            {
                case "-u" or "--url":
                    server = arguments.Value("-u");
                    break;
                case "-n" or "--name":
                    name = arguments.Value("-n");
                    break;
                case "-r" or "--resume":
                    resume = arguments.Value("-r");
                    break;
                case null when file is null:
                    file = arguments.Value("FILE");
                    break;
                case null:
                    throw new UsageException("One file at a time.");
                case var unknown:
                    throw Arguments.Unknown(unknown);
            }
        }

        using var api = new ServerApi(SavedLogin.Find(server));
        Console.Out.WriteLine(await new FileUpload(api, time).SendAsync(
            file ?? throw new UsageException("Which file? progresshub upload FILE"), name, resume, CancellationToken.None));
        return 0;
    }
}
