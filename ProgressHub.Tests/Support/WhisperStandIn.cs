using System.Text.Json;

namespace ProgressHub.Tests.Support;

/// <summary>
/// A program that stands in for the worker that hears with Whisper, for tests of what lies around it: it says what the file
/// tells it to that it is given as its model, with delays, and fails as that says.
/// </summary>
internal sealed class WhisperStandIn : IDisposable
{
    private const string Program =
        """
        #!/usr/bin/env python3
        import json, os, struct, subprocess, sys, time
        def say(message):
            body = json.dumps(message).encode()
            os.write(1, struct.pack("<i", len(body)) + body)
        def tell(news):
            say({"type": "Progress", "body": news})
        say({"type": "Ready"})
        while True:
            head = sys.stdin.buffer.read(4)
            if len(head) < 4:
                sys.exit(0)
            asked = json.loads(sys.stdin.buffer.read(struct.unpack("<i", head)[0]))["input"]
            say({"type": "Begun"})
            folder = os.path.dirname(asked["model"])
            script = json.load(open(asked["model"]))
            with open(os.path.join(folder, "calls.jsonl"), "a") as calls:
                calls.write(json.dumps({**asked, "start": asked["parts"][0]["start"], "end": asked["parts"][-1]["end"]}) + "\n")
            if "child" in script:
                child = subprocess.Popen(["sleep", "600"])
                open(os.path.join(folder, "child"), "w").write(str(child.pid) + "\n")
            if script.get("loads", True):
                tell({"loaded": True})
            for start, end, text in script.get("segments", []):
                time.sleep(script.get("delay", 0))
                tell({"segment": {"start": start / 1000, "end": end / 1000, "text": text, "words": []}})
            for reached in script.get("reached", []):
                tell({"reached": reached})
            while "gate" in script and not os.path.exists(os.path.join(folder, script["gate"])):
                time.sleep(0.02)
            if "hang" in script:
                time.sleep(600)
            if "stderr" in script:
                print(script["stderr"], file=sys.stderr, flush=True)
            if "garbage" in script:
                os.write(1, b"no message at all, and a long one at that")
                time.sleep(600)
            if "kill" in script:
                os.kill(os.getpid(), script["kill"])
            if script.get("exit"):
                os._exit(script["exit"])
            say({"type": "Result", "body": {"language": "en"}})
        """;

    public WhisperStandIn()
    {
        Path = System.IO.Path.Combine(Folder, "whisper-worker");
        File.WriteAllText(Path, Program.Replace("\r\n", "\n", StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("progresshub-whisper-").FullName;

    public string Path { get; }

    /// <summary>What it was asked so far.</summary>
    public IReadOnlyList<WhisperCall> Calls => [.. File.ReadAllLines(System.IO.Path.Combine(Folder, "calls.jsonl"))
        .Select(line => JsonSerializer.Deserialize<WhisperCall>(line, JsonSerializerOptions.Web)!)];

    /// <summary>Puts a model into the folder that makes the program do this.</summary>
    public void Model(string name, object script) =>
        File.WriteAllText(System.IO.Path.Combine(Folder, $"ggml-{name}.bin"), JsonSerializer.Serialize(script));

    /// <summary>Lets those go on whose script has this <c>gate</c>.</summary>
    public void Open(string gate) => File.WriteAllText(System.IO.Path.Combine(Folder, gate), "");

    /// <summary>The process that it started, once it has.</summary>
    public async Task<int> ChildAsync()
    {
        var file = System.IO.Path.Combine(Folder, "child");
        await Patience.UntilAsync(() => File.Exists(file) && File.ReadAllText(file).EndsWith('\n'), "its child is there");
        return int.Parse(await File.ReadAllTextAsync(file), System.Globalization.CultureInfo.InvariantCulture);
    }

    public TranscriptionHost Host() => new(
        ("Workers:Program", Path), ("Transcription:ModelsDirectory", Folder), ("Transcription:DefaultEngine", "whisper"));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

/// <summary>What the stand-in was asked; the start of the first part of the audio and the end of the last one.</summary>
internal sealed record WhisperCall(string? Language, string? Prompt, float? Temperature, bool Translates, int Threads, double Start, double End);
