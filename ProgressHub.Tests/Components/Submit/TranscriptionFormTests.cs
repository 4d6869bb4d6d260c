using System.Text.Json;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Submit;
using ProgressHub.Web.Components.Uploading;

namespace ProgressHub.Tests.Components.Submit;

public sealed class TranscriptionFormTests : ComponentTest
{
    [Fact]
    public void Every_engine_says_before_anything_is_uploaded_whether_it_is_ready_and_what_it_needs()
    {
        Services.AddSingleton<IWorkload>(new Speech());

        var form = Render<TranscriptionForm>();

        var missing = form.Field("whisper.cpp");
        Assert.True(missing.HasAttribute("disabled"));
        Assert.Equal("Not ready put a model there", form.DescriptionOf(missing));
        Assert.Equal("Ready apt-get install ffmpeg (for anything but WAV)", form.DescriptionOf(form.Field("PocketSphinx")));
        Assert.True(form.Field("PocketSphinx").HasAttribute("checked"));
        Assert.NotNull(form.Field("Grammar"));
        Assert.Empty(form.FindAll("#spoken"));
    }

    [Fact]
    public async Task Without_files_it_says_so_and_submits_nothing()
    {
        Services.AddSingleton<IWorkload>(new Speech());
        var form = Render<TranscriptionForm>();

        await form.Find("form").SubmitAsync();

        Assert.Contains("at least one", form.DescriptionOf(form.Field("Choose files")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_filled_in_later_is_for_later_files()
    {
        var speech = new Speech();
        Services.AddSingleton<IWorkload>(speech);
        var form = Render<TranscriptionForm>();
        var queue = Services.GetRequiredService<UploadQueue>();
        await form.InvokeAsync(() => queue.Choose([new("1", "a.wav", 10)]));
        await form.Field("Grammar").ChangeAsync("yes | no");
        await form.Field("Each channel is a speaker of its own").ChangeAsync(true);
        await form.Find("form").SubmitAsync();
        await form.Field("Grammar").ChangeAsync("up | down");

        await form.InvokeAsync(() => queue.Begun("1", new string('a', 32)));

        var input = Assert.Single(speech.Accepted);
        Assert.Equal(("yes | no", "pocketsphinx"), (input.GetProperty("grammar").GetString(), input.GetProperty("engine").GetString()));
        Assert.Equal("separate", input.GetProperty("channels").GetString());
        Assert.False(input.TryGetProperty("language", out _));
        Assert.False(input.TryGetProperty("task", out _));
    }

    private sealed class Speech : IWorkload
    {
        private readonly FormWorkload _inner = new();

        public List<JsonElement> Accepted => _inner.Accepted;

        public WorkloadDescriptor Descriptor => _inner.Descriptor with { Kind = "transcription" };

        public ValueTask<WorkloadPlan> PlanAsync(WorkloadInput input, string owner, CancellationToken cancellationToken) =>
            _inner.PlanAsync(input, owner, cancellationToken);

        public Task<WorkloadOutcome> RunAsync(WorkloadInput input, WorkloadContext context) => _inner.RunAsync(input, context);

        public ResultDocument? Assemble(WorkloadInput input, IReadOnlyDictionary<int, PartialResult> partials) => null;

        public ValueTask<IReadOnlyList<EngineStatus>> GetEnginesAsync(CancellationToken cancellationToken) => new(
        [
            new("whisper", "whisper.cpp", Ready: false, "put a model there"),
            new("pocketsphinx", "PocketSphinx", Ready: true, "apt-get install ffmpeg (for anything but WAV)"),
        ]);
    }
}
