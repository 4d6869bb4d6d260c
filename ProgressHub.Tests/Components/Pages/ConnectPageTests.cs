using Bunit;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Connect;
using ProgressHub.Web.Components.Pages;

namespace ProgressHub.Tests.Components.Pages;

public sealed class ConnectPageTests : ComponentTest
{
    private static readonly string Assets = Path.Combine(Repository.Root, "wwwroot-assets");
    private readonly List<EngineStatus> _engines = [new("whisper", "whisper.cpp", Ready: false, "put a model there")];

    public ConnectPageTests()
    {
        Services.AddSingleton<IWebHostEnvironment>(new SourceHost());
        Services.AddSingleton<IWorkload>(new Speech(_engines));
    }

    public static TheoryData<string> Names => [.. Snippets.All.Select(s => s.Name)];

    [Fact]
    public async Task Each_script_is_shown_and_each_way_has_one()
    {
        var page = await RenderPageAsync();

        var scripts = Directory.EnumerateFiles(Path.Combine(Assets, "connect")).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal);
        Assert.Equal(scripts, page.FindAll("section.snippet").Select(s => s.Id).Order(StringComparer.Ordinal));
        Assert.Equal(
            page.FindAll("section.snippet").Select(s => $"connect#{s.Id}"),
            page.FindAll("nav[aria-label='Ways to connect'] a").Select(a => a.GetAttribute("href")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_address_of_this_server_stands_wherever_one_is_needed(string name)
    {
        Address.NavigateTo("connect");

        var card = (await RenderPageAsync()).Find($"#{name}");

        var texts = card.QuerySelectorAll("pre").Select(p => p.TextContent).ToList();
        Assert.True(texts.Count >= 2);
        Assert.All(texts, text => Assert.Contains("http://localhost", text, StringComparison.Ordinal));
        Assert.All(texts, text => Assert.DoesNotContain("{base}", text.Replace("${base}", "", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.StartsWith("await run(\"http://localhost\", console.log", texts[0].TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("from \"/", texts[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_can_be_run_or_stopped_until_the_browser_has_what_runs_it()
    {
        _engines.Add(new("pocketsphinx", "PocketSphinx", Ready: true));

        var page = await RenderPageAsync();

        Assert.All(page.FindAll(".run, .stop"), button => Assert.True(button.HasAttribute("disabled")));
        Assert.All(page.FindAll(".output, progress"), part => Assert.True(part.HasAttribute("hidden")));
        Assert.Equal(
            Snippets.All.Select(s => s.Name).Order(StringComparer.Ordinal),
            JSInterop.Invocations["attach"].Select(i => (string)i.Arguments[1]!).Order(StringComparer.Ordinal));
        Assert.All(JSInterop.Invocations["attach"], i => Assert.Equal("http://localhost", i.Arguments[2]));
    }

    [Fact]
    public async Task A_recording_is_asked_for_where_an_engine_is_ready()
    {
        _engines.Add(new("pocketsphinx", "PocketSphinx", Ready: true));

        var card = (await RenderPageAsync()).Find("#transcribe");

        Assert.Equal("audio/*,video/*", card.QuerySelector("label input[type=file]")?.GetAttribute("accept"));
        var reason = card.QuerySelector(".reason")!;
        Assert.Equal("Choose a recording first.", reason.TextContent);
        Assert.Contains(reason.Id!, card.QuerySelector(".run")!.GetAttribute("aria-describedby"), StringComparison.Ordinal);
        Assert.Null(card.QuerySelector(".refusal"));
    }

    [Fact]
    public async Task Where_no_engine_is_ready_it_says_so_and_what_is_missing_and_is_never_run()
    {
        var page = await RenderPageAsync();

        var refusal = page.Find("#transcribe .refusal").TextContent;
        Assert.StartsWith("No engine is ready", refusal, StringComparison.Ordinal);
        Assert.Contains("whisper.cpp: put a model there", refusal, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("#transcribe input"));
        Assert.DoesNotContain("transcribe", JSInterop.Invocations["attach"].Select(i => i.Arguments[1]));
    }

    [Theory]
    [InlineData("curl")]
    [InlineData("csharp")]
    [InlineData("python")]
    [InlineData("agent")]
    public void Each_language_has_programs_to_copy_with_the_address_of_this_server(string language)
    {
        Address.NavigateTo($"connect?in={language}");

        var page = Render<ConnectPage>();

        Assert.Equal($"connect?in={language}", page.Find(".tabs a[aria-current]").GetAttribute("href"));
        Assert.Contains("http://localhost", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("{base}", page.Markup, StringComparison.Ordinal);
        Assert.Equal(page.FindAll("pre").Count, page.FindAll("button").Count(button => button.TextContent == "Copy"));
        Assert.Empty(page.FindAll(".snippet"));
    }

    /// <summary>The page, once its scripts are read.</summary>
    private async Task<IRenderedComponent<ConnectPage>> RenderPageAsync()
    {
        var page = Render<ConnectPage>();
        var runnable = Snippets.All.Count(s => s.File is null || _engines.Any(e => e.Ready));
        await Patience.UntilAsync(() => page.InvokeAsync(() =>
            JSInterop.Invocations["attach"].Count == runnable && page.FindAll("pre").All(p => p.TextContent.Length > 0)), "the scripts are shown and can be run");
        return page;
    }

    private sealed class Speech(List<EngineStatus> engines) : IWorkload
    {
        private readonly FormWorkload _inner = new();

        public WorkloadDescriptor Descriptor => _inner.Descriptor with { Kind = "transcription" };

        public ValueTask<WorkloadPlan> PlanAsync(WorkloadInput input, string owner, CancellationToken cancellationToken) =>
            _inner.PlanAsync(input, owner, cancellationToken);

        public Task<WorkloadOutcome> RunAsync(WorkloadInput input, WorkloadContext context) => _inner.RunAsync(input, context);

        public ResultDocument? Assemble(WorkloadInput input, IReadOnlyDictionary<int, PartialResult> partials) => null;

        public ValueTask<IReadOnlyList<EngineStatus>> GetEnginesAsync(CancellationToken cancellationToken) => new(engines);
    }

    /// <summary>A host whose web root is that of the sources.</summary>
    private sealed class SourceHost : IWebHostEnvironment
    {
        public string WebRootPath { get; set; } = Assets;

        public IFileProvider WebRootFileProvider { get; set; } = new PhysicalFileProvider(Assets);

        public string EnvironmentName { get; set; } = "Production";

        public string ApplicationName { get; set; } = "ProgressHub.Web";

        public string ContentRootPath { get; set; } = Repository.Root;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
