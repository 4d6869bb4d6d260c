using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Connect;

/// <summary>What to copy, by language: to submit and watch a job, and to show a program of one's own as one.</summary>
internal static class ConnectPrograms
{
    private static readonly string Submit = UiText.Key("Submit a job and watch it");
    private static readonly string Report = UiText.Key("Show a program of your own as a job");
    private static readonly string Install = UiText.Key("Install the client");

    public static IReadOnlyList<ConnectProgram> Curl { get; } =
    [
        new(Submit,
            """
            job=$(curl -fsS {base}/api/jobs -H 'Content-Type: application/json' \
              -d '{"kind": "translation", "input": {"text": "The lamp is lit at dusk.", "targetLanguage": "es"}}' |
              sed 's/.*"jobId":"\([0-9a-f]*\)".*/\1/')
            curl -fsSN "{base}/api/jobs/$job/events?after=0" -H 'Accept: text/event-stream'
            curl -fsS "{base}/api/jobs/$job/result?wait=20"
            """),
        new(Report,
            """
            made=$(curl -fsS {base}/api/jobs -H 'Content-Type: application/json' \
              -d '{"kind": "external", "title": "Nightly import", "input": {"heartbeatSeconds": 60}}')
            id=$(echo "$made" | sed 's/.*"jobId":"\([0-9a-f]*\)".*/\1/')
            token=$(echo "$made" | sed 's/.*"writeToken":"\([^"]*\)".*/\1/')
            report() { curl -fsS "{base}/api/jobs/$id/$1" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d "$2"; }
            report updates '{"number": 1, "current": 3, "total": 20, "unit": "files", "message": "Reading c.csv"}'
            report complete '{"result": {"json": {"files": 20}}}'
            """),
    ];

    public static IReadOnlyList<ConnectProgram> CSharp { get; } =
    [
        new(Install, "dotnet add package ProgressHub.Client"),
        new(Submit,
            """
            using System.Text.Json.Nodes;
            using ProgressHub.Client;
            using ProgressHub.Client.Jobs;

            using var hub = new ProgressHubClient(new Uri("{base}"));
            var job = await hub.SubmitAsync(new JobSubmission("translation", new JsonObject
            {
                ["text"] = "The lamp is lit at dusk.", ["targetLanguage"] = "es",
            }));
            await foreach (var (snapshot, happened) in hub.WatchAsync(job.JobId))
                Console.WriteLine($"{snapshot.Fraction:P0} {snapshot.Message} {happened?.Type}");
            """),
        new(Report,
            """
            using ProgressHub.Client;
            using ProgressHub.Client.Reporting;

            using var hub = new ProgressHubClient(new Uri("{base}"));
            await using var job = await hub.StartAsync("Nightly import");
            for (var file = 1; file <= 20; file++)
                job.Report(new ProgressUpdate { Current = file, Total = 20, Unit = "files" });
            await job.CompleteAsync();
            """),
    ];

    public static IReadOnlyList<ConnectProgram> Python { get; } =
    [
        new(Install, "pip install ./clients/python      # of the repository; Python 3.11 and its standard library are enough"),
        new(Submit,
            """
            from progresshub import Hub

            hub = Hub("{base}")
            job = hub.submit("translation", {"text": "The lamp is lit at dusk.", "targetLanguage": "es"})
            for event in hub.watch(job["jobId"]):
                print(event)
            print(hub.result(job["jobId"]).decode())
            """),
        new(Report,
            """
            from progresshub import Hub

            with Hub("{base}").job("Nightly import") as job:
                for file in range(1, 21):
                    job.update(current=file, total=20, unit="files", message=f"File {file}")
                job.result = {"files": 20}
            """),
    ];

    public static IReadOnlyList<ConnectProgram> Agent { get; } =
    [
        new(UiText.Key("The address of the tools"), "{base}/mcp"),
        new(UiText.Key("Most clients, in their settings"),
            """
            { "mcpServers": { "progresshub": { "type": "streamable-http", "url": "{base}/mcp" } } }
            """),
        new(UiText.Key("Editors that keep servers in a file of their own"),
            """
            { "servers": { "progresshub": { "type": "http", "url": "{base}/mcp" } } }
            """),
    ];
}
