using System.Text.Json;
using System.Text.Json.Nodes;
using ProgressHub.Tool.Server;

namespace ProgressHub.Tool.Commands;

/// <summary><c>progresshub submit</c>: a job from the command line; prints its id.</summary>
internal static class SubmitCommand
{
    public static async Task<int> RunAsync(Arguments arguments, TimeProvider time)
    {
        var kind = arguments.Word() ?? throw new UsageException("Which kind? progresshub submit KIND [NAME=VALUE...]");
        var input = new JsonObject();
        string? server = null, file = null, title = null;
        var watch = false;
        while (arguments.Rest.Count > 0)
        {
            switch (arguments.Option())
            {
                case "-u" or "--url":
                    server = arguments.Value("-u");
                    break;
                case "-t" or "--title":
                    title = arguments.Value("-t");
                    break;
                case "-f" or "--file":
                    file = arguments.Value("-f");
                    break;
                case "-i" or "--input":
                    input = Parse(Read(arguments.Value("-i")));
                    break;
                case "-w" or "--watch":
                    watch = true;
                    break;
                case null:
                    Set(input, arguments.Value("input"));
                    break;
                case var unknown:
                    throw Arguments.Unknown(unknown);
            }
        }

        using var api = new ServerApi(SavedLogin.Find(server));
        if (file is not null)
            input["file"] = await new FileUpload(api, time).SendAsync(file, null, null, CancellationToken.None);
        var job = await api.SubmitAsync(
            new JobToSubmit(kind, title, JsonSerializer.SerializeToElement(input, ToolJson.Default.JsonObject)), null, CancellationToken.None);
        Console.Error.WriteLine($"progresshub: {api.PageOf(job.JobId)}");
        if (watch)
        {
            using var view = new TerminalView(api, time);
            return await view.ShowAsync(job.JobId, CancellationToken.None);
        }

        Console.Out.WriteLine(job.JobId);
        return 0;
    }

    // A value is JSON where it reads as a number, a truth value or a structure, and else a text.
    private static void Set(JsonObject input, string pair)
    {
        if (pair.Split('=', 2) is not [{ Length: > 0 } name, var value])
            throw new UsageException($"'{pair}' is not NAME=VALUE.");
        try
        {
            input[name] = value is [>= '0' and <= '9' or '-' or '[' or '{', ..] or "true" or "false" or "null" ? JsonNode.Parse(value) : value;
        }
        catch (JsonException)
        {
            input[name] = value;
        }
    }

    private static string Read(string given) => given switch
    {
        "-" => Console.In.ReadToEnd(),
        ['@', .. var path] => File.ReadAllText(path),
        _ => given,
    };

    private static JsonObject Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject ?? throw new UsageException("The input is a JSON object.");
        }
        catch (JsonException wrong)
        {
            throw new UsageException($"The input is not JSON: {wrong.Message}");
        }
    }
}
