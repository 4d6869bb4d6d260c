using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>A server that is killed leaves nothing behind of what it started, and of what that started.</summary>
[Collection(AloneCollection.Name)]
public sealed class ChildrenOfAKilledServerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("progresshub-children-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // A pipeline that neither reads nor writes, so that no closed pipe ends it, and that no polite signal ends.
    [Theory]
    [InlineData("Transcription:PocketSphinx", "pocketsphinx", "wav")]
    [InlineData("Transcription:FFmpeg", "pocketsphinx", "mp3")]
    public async Task A_program_and_the_pipeline_it_started_are_gone_with_it(string setting, string engine, string extension)
    {
        var program = Path.Combine(_folder, "program");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\ntrap '' TERM INT HUP\nsh -c 'sleep 600; : {_folder}' &\nsleep 600 & wait\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await using var server = await ServerProcess.StartNewAsync((setting, program));
        await SubmitAsync(server, engine, await AlsaSpeech.EncodeAsync(extension), $"talk.{extension}");
        await Patience.UntilAsync(() => ProcessTable.With(_folder).Count >= 2, "the program and its child run");
        var running = ProcessTable.With(_folder);

        await server.KillAsync();

        await AreGoneAsync(running);
    }

    [Fact]
    public async Task A_worker_that_hears_is_gone_with_it()
    {
        new ScriptedModel { Seconds = 0.5, AudioLayers = 8 }.Write(_folder, "base");
        await using var server = await ServerProcess.StartNewAsync(("Transcription:ModelsDirectory", _folder));
        await SubmitAsync(server, "whisper", WavMaker.Sine(16_000, 1, 16, false, 600), "tone.wav");
        await Patience.UntilAsync(() => ProcessTable.Children(server.ProcessId).Any(ProcessTable.IsBusy), "a worker hears");
        var workers = ProcessTable.Children(server.ProcessId);

        await server.KillAsync();

        await AreGoneAsync(workers);
    }

    private static async Task AreGoneAsync(IReadOnlyList<int> processes)
    {
        Assert.NotEmpty(processes);
        await Patience.UntilAsync(() => !processes.Any(ProcessTable.IsAlive), "all are gone");
    }

    private static async Task SubmitAsync(ServerProcess server, string engine, byte[] file, string name)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("transcription"), "kind" },
            { new StringContent($$"""{"engine":"{{engine}}"}"""), "input" },
            { new ByteArrayContent(file), "recording", name },
        };
        using var response = await server.Client.PostAsync("/api/jobs", form);
        response.EnsureSuccessStatusCode();
    }
}
