using System.Text.Json;

namespace ProgressHub.Tests.Support;

/// <summary>
/// A program that stands in for whisper.cpp's <c>whisper-cli</c>, whose models can't be had here: it prints the lines that
/// version 1.9 was recorded to print, with delays, writes its JSON, and fails as it does. What it is to do stands in the
/// file that it is given as its model.
/// </summary>
internal sealed class WhisperStandIn : IDisposable
{
    private const string Program =
        """
        #!/usr/bin/env python3
        import json, os, subprocess, sys, time
        args = {sys.argv[i]: sys.argv[i + 1] for i in range(1, len(sys.argv) - 1) if sys.argv[i].startswith("-")}
        script = json.load(open(args["-m"]))
        bytes_heard = os.path.getsize(args["-f"]) - 44
        with open(os.path.join(os.path.dirname(args["-m"]), "calls.jsonl"), "a") as calls:
            calls.write(json.dumps({"args": sys.argv[1:], "seconds": bytes_heard / 32000.0,
                                    "backtrace": os.environ.get("GGML_NO_BACKTRACE")}) + "\n")
        if "child" in script:
            child = subprocess.Popen(["sleep", "600"])
            open(os.path.join(os.path.dirname(args["-m"]), "child"), "w").write(str(child.pid) + "\n")
        def stamp(ms, point):
            return "%02d:%02d:%02d%s%03d" % (ms // 3600000, ms // 60000 % 60, ms // 1000 % 60, point, ms % 1000)
        print("", flush=True)
        for n, (start, end, text) in enumerate(script.get("segments", [])):
            time.sleep(script.get("delay", 0))
            print("[%s --> %s]  %s" % (stamp(start, "."), stamp(end, "."), text), flush=True)
            if n < len(script.get("progress", [])):
                print("whisper_print_progress_callback: progress = %3d%%" % script["progress"][n], file=sys.stderr, flush=True)
        while "gate" in script and not os.path.exists(os.path.join(os.path.dirname(args["-m"]), script["gate"])):
            time.sleep(0.02)
        if "hang" in script:
            time.sleep(600)
        print(script.get("stderr", ""), file=sys.stderr, flush=True)
        if "json" in script:
            open(args["-of"] + ".json", "w").write(script["json"])
        elif script.get("writes", True):
            open(args["-of"] + ".json", "w").write(json.dumps({"model": {"type": "base"}, "params": {}, "result": {"language": "en"},
                "transcription": [{"timestamps": {"from": stamp(s, ","), "to": stamp(e, ",")}, "offsets": {"from": s, "to": e}, "text": t}
                                  for s, e, t in script.get("segments", []) + script.get("late", [])]}))
        code = script.get("exit", 0)
        if code > 128:
            os.kill(os.getpid(), code - 128)
        sys.exit(code)
        """;

    public WhisperStandIn()
    {
        Path = System.IO.Path.Combine(Folder, "whisper-cli");
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
        ("Transcription:WhisperCli", Path), ("Transcription:ModelsDirectory", Folder), ("Transcription:DefaultEngine", "whisper-cli"));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

/// <summary>A call of the stand-in.</summary>
/// <param name="Args">Its arguments.</param>
/// <param name="Seconds">How much audio it got.</param>
/// <param name="Backtrace">What it found in <c>GGML_NO_BACKTRACE</c>.</param>
internal sealed record WhisperCall(string[] Args, double Seconds, string? Backtrace);
