using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Dialects.Transcription;

/// <summary>
/// The clients that the users' own document prints, where it lies beside the repository, to be run as they stand; else
/// others that do the same. Their server's address and the job's id are put in.
/// </summary>
internal static class SeedClients
{
    public const string PrintedServer = "http://localhost:9004";
    public const string PrintedId = "a1b2c3d4";
    private const string File = "4-transcription-progress.md";

    private static readonly string? Document = Find();

    public static string CurlSubmit => Command("### 1.") ??
        $"""curl -F "file=@audio.wav" -F "model=base" {PrintedServer}/transcribe""";

    public static string CurlProgress => Command("### 2.") ?? $"curl {PrintedServer}/progress/{PrintedId}";

    public static string JavaScript => Code("### 3.") ??
        $$"""
        const source = new EventSource("{{PrintedServer}}/progress/{{PrintedId}}/stream");
        source.onmessage = ({ data }) => {
          const { status, progress, message } = JSON.parse(data);
          console.log(`${message} (${progress}%)`);
          if (status === "completed" || status === "error") source.close();
        };
        """;

    public static string Python => Code("### 4.") ??
        $"""
        import requests, time
        answer = requests.post("{PrintedServer}/transcribe", files=dict(file=open("audio.wav", "rb")), data=dict(model="base")).json()
        while True:
            told = requests.get("{PrintedServer}/progress/" + answer["job_id"]).json()
            print("%s (%s%%)" % (told["message"], told["progress"]))
            if told["status"] in ("completed", "error"):
                break
            time.sleep(0.5)
        print("Transcription: " + answer["text"])
        """;

    public static string Page => Code("### 5.") ??
        $$"""
        <!DOCTYPE html>
        <input type="file" id="audioFile"><button onclick="go()">Transcribe</button>
        <progress id="progressBar" max="100"></progress><p id="statusText"></p><div id="result" style="display:none"></div>
        <script>
        async function go() {
          const form = new FormData();
          form.append("file", document.querySelector("input").files[0]);
          form.append("model", "base");
          const answer = await (await fetch("{{PrintedServer}}/transcribe", { method: "POST", body: form })).json();
          const source = new EventSource("{{PrintedServer}}/progress/" + answer.job_id + "/stream");
          source.onmessage = ({ data }) => {
            const told = JSON.parse(data);
            document.querySelector("progress").value = told.progress;
            document.querySelector("p").textContent = told.message;
            if (told.status !== "completed") return;
            source.close();
            result.style.display = "block";
            result.textContent = answer.text;
          };
        }
        </script>
        """;

    // What follows the command shows what it answers.
    private static string? Command(string heading) => Code(heading)?.Split("# Response")[0];

    /// <summary>The first block of code under a heading.</summary>
    private static string? Code(string heading)
    {
        if (Document is null)
            return null;
        var section = Document[Document.IndexOf(heading, StringComparison.Ordinal)..];
        var begin = section.IndexOf('\n', section.IndexOf("```", StringComparison.Ordinal)) + 1;
        return section[begin..section.IndexOf("```", begin, StringComparison.Ordinal)];
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(Repository.Root).Parent; folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "shared", "seeds", File);
            if (System.IO.File.Exists(file))
                return System.IO.File.ReadAllText(file).ReplaceLineEndings("\n");
        }

        return null;
    }
}
