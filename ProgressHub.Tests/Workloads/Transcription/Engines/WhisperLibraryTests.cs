using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Workloads.Transcription.Engines;

/// <summary>whisper.cpp's real library in its real worker, on models that hear a given text.</summary>
public sealed class WhisperLibraryTests : IDisposable
{
    private readonly string _models = Directory.CreateTempSubdirectory("progresshub-models-").FullName;

    public void Dispose() => Directory.Delete(_models, recursive: true);

    [Fact]
    public async Task Words_language_and_times_come_from_the_library()
    {
        new ScriptedModel { Tokens = [" Guten", " Ta", "g", ",", " Wel", "t", "."], Language = 2 }.Write(_models, "base");
        await using var host = Host();
        using var context = TranscriptionHost.Job(WavMaker.Sine(16_000, 1, 16, false, 45), new { });

        var transcript = await host.RunAsync(context);

        Assert.Equal(("whisper", "de", 45.0), (transcript.Engine, transcript.Language, transcript.Duration));
        Assert.Equal(["Guten Tag, Welt.", "Guten Tag, Welt."], transcript.Segments.Select(s => s.Text));
        Assert.Equal([(0, 30), (30, 45)], transcript.Segments.Select(s => (s.Start, s.End)));
        Assert.All(transcript.Segments, segment =>
        {
            Assert.Equal(["Guten", "Tag,", "Welt."], segment.Words!.Select(w => w.Text));
            Assert.All(segment.Words!, word => Assert.True(word.Start >= segment.Start && word.Start <= word.End && word.End <= segment.End, word.ToString()));
            Assert.Equal(segment.Words!.Select(w => w.Start), segment.Words!.Select(w => w.Start).Order());
        });
        Assert.True(context.Partials[0].Data!.Value.TryGetProperty("words", out var words));
        Assert.Equal("Guten", words[0].GetProperty("word").GetString());
        Assert.Contains(context.Lines, line => line.Message.Contains("model base", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_model_stays_loaded_from_one_job_to_the_next()
    {
        new ScriptedModel().Write(_models, "base");
        await using var host = Host();
        using var first = TranscriptionHost.Job(WavMaker.Sine(16_000, 1, 16, false, 2), new { language = "en" });
        using var second = TranscriptionHost.Job(WavMaker.Sine(16_000, 1, 16, false, 2), new { language = "German", task = "translate", prompt = "Names", temperature = 0.4 });

        await host.RunAsync(first);
        var before = Workers();
        var transcript = await host.RunAsync(second);

        Assert.Equal(before, Workers());
        Assert.Equal(("Front centre.", "de", true), (transcript.Text, transcript.Language, transcript.IsTranslated));

        IReadOnlyList<int> Workers() => [.. ProcessTable.Children().Where(id => ProcessTable.With("worker\0whisper").Contains(id)).Order()];
    }

    [Theory]
    [InlineData("magic")]
    [InlineData("empty")]
    [InlineData("cut")]
    [InlineData("heads")]
    [InlineData("layers")]
    [InlineData("vocabulary")]
    public async Task A_malformed_model_ends_its_worker_and_the_next_job_is_heard(string fault)
    {
        WriteBroken(fault);
        new ScriptedModel().Write(_models, "good");
        await using var host = Host();
        using var broken = TranscriptionHost.Job(WavMaker.Sine(16_000, 1, 16, false, 2), new { model = "broken" });
        using var good = TranscriptionHost.Job(WavMaker.Sine(16_000, 1, 16, false, 2), new { model = "good" });

        var failure = await host.FailAsync(broken);

        Assert.Equal(("model_unusable", false), (failure.Code, failure.IsTransient));
        Assert.Contains("ggml-broken.bin", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_models, failure.Message, StringComparison.Ordinal);
        Assert.Equal("Front centre.", (await host.RunAsync(good)).Text);
    }

    [Fact]
    public async Task Canceling_ends_it_in_the_middle_of_its_work()
    {
        new ScriptedModel { Seconds = 0.5, AudioLayers = 24 }.Write(_models, "base");
        await using var host = Host();
        using var context = TranscriptionHost.Job(WavMaker.Sine(16_000, 1, 16, false, 600), new { language = "en" });
        var run = host.Workload.RunAsync(context);
        await Patience.UntilAsync(() => context.Partials.Count > 0, "it hears");

        context.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.DoesNotContain(context.StageNames, name => name == "completed");
    }

    [Fact]
    public async Task Progress_is_where_in_the_audio_it_is()
    {
        new ScriptedModel().Write(_models, "base");
        await using var host = Host();
        using var context = TranscriptionHost.Job(WavMaker.Sine(16_000, 1, 16, false, 120), new { language = "en" });

        await host.RunAsync(context);

        var heard = context.Updates.Where(u => u is { Unit: "seconds", Estimated: false, Total: 120 } && u.Message!.StartsWith("Heard", StringComparison.Ordinal)).Select(u => u.Current!.Value);
        Assert.Superset(new HashSet<double> { 0, 30, 60, 90, 120 }, heard.ToHashSet());
    }

    private TranscriptionHost Host() => new(("Transcription:ModelsDirectory", _models), ("Transcription:DefaultEngine", "whisper"));

    private void WriteBroken(string fault)
    {
        var path = fault switch
        {
            "heads" => new ScriptedModel { Heads = 0 }.Write(_models, "broken"),
            "layers" => new ScriptedModel { ToldTextLayers = -3 }.Write(_models, "broken"),
            "vocabulary" => new ScriptedModel { ToldVocabulary = 2_000_000_000 }.Write(_models, "broken"),
            _ => new ScriptedModel().Write(_models, "broken"),
        };
        switch (fault)
        {
            case "magic":
                File.WriteAllText(path, "This is no model.");
                break;
            case "empty":
                File.WriteAllText(path, "");
                break;
            case "cut":
                using (var file = File.OpenWrite(path))
                    file.SetLength(file.Length / 3);
                break;
        }
    }
}
