using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Standalone;

namespace ProgressHub.Tests.AspNetCore;

public sealed class WatchPageTests(WatchPageTests.Server server) : IClassFixture<WatchPageTests.Server>
{
    [Fact]
    public async Task The_page_tells_the_state_by_itself_and_reloads_only_until_the_end()
    {
        var script = server.Workload["page"];
        var id = (await server.SubmitAsync(run: "page", title: "<script>alert(1)</script> {{state}} & \"more\"")).Id();
        await script.DoAsync(async c =>
        {
            await c.BeginStageAsync("writing");
            c.Progress.Report(new(1, 3, "<img src=x onerror=alert(1)>"));
        });
        await server.GetAsync($"/api/jobs/{id}?wait=20&after=3");
        var running = await server.Client.GetStringAsync($"/watch/{id}");
        script.End(new WorkloadOutcome(null));
        await server.EndAsync(id);
        var ended = await server.Client.GetStringAsync($"/watch/{id}");

        Assert.StartsWith(
            $"{id}|&lt;script&gt;alert(1)&lt;/script&gt; {{{{state}}}} &amp; &quot;more&quot;|scripted|running|50|" +
            "&lt;img src=x onerror=alert(1)&gt;|Writing|", running, StringComparison.Ordinal);
        Assert.EndsWith("|<meta http-equiv=\"refresh\" content=\"5\">|{{unknown}}", running, StringComparison.Ordinal);
        Assert.Contains("|succeeded|100|", ended, StringComparison.Ordinal);
        Assert.EndsWith("||{{unknown}}", ended, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_is_HTML_that_nobody_keeps_and_that_runs_our_scripts_alone()
    {
        var id = (await server.RunAsync()).Id();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/watch/{id}");
        request.Headers.AcceptEncoding.ParseAdd("br");
        using var response = await server.Client.SendAsync(request);

        Assert.Equal(["br"], response.Content.Headers.ContentEncoding);
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Contains("script-src 'self';", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("nope")]
    [InlineData("%3Cscript%3E")]
    public async Task A_job_nobody_submitted_is_a_friendly_page(string id)
    {
        using var response = await server.Client.GetAsync($"/watch/{id}");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("There is no such job.", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_was_deleted_is_a_page_that_says_so()
    {
        var id = (await server.RunAsync()).Id();
        using var _ = await server.Client.DeleteAsync($"/api/jobs/{id}");
        using var response = await server.Client.GetAsync($"/watch/{id}");

        Assert.Equal(HttpStatusCode.Gone, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData(0, "1 s")]
    [InlineData(59_999, "59 s")]
    [InlineData(60_000, "1 min")]
    [InlineData(65_999, "1 min 5 s")]
    [InlineData(3_600_000, "1 h")]
    [InlineData(93_900_000, "26 h 5 min")]
    public void Time_is_told_in_its_two_largest_units(long elapsedMs, string expected) => Assert.Equal(
        expected,
        WatchPage.Fill("{{elapsed}}", JobSnapshot.Empty(JobId.New(), DateTimeOffset.UnixEpoch) with { ElapsedMs = elapsedMs }, "Test"));

    [Fact]
    public void Braces_that_name_nothing_stay_and_percents_are_rounded_down()
    {
        var snapshot = JobSnapshot.Empty(JobId.New(), DateTimeOffset.UnixEpoch);

        Assert.Equal("{{ open 29", WatchPage.Fill("{{ open {{percent}}", snapshot with { Fraction = 0.29 }, "Test"));
        Assert.Equal("99", WatchPage.Fill("{{percent}}", snapshot with { Fraction = 0.99999 }, "Test"));
        Assert.Equal("A &lt;b&gt;", WatchPage.Fill("{{label}}", snapshot, "A <b>"));
    }

    [Fact]
    public void The_last_lines_of_a_log_are_text_with_their_level_and_whoever_coloured_them()
    {
        JobEvent[] events =
        [
            .. Enumerable.Range(1, 30).Select(i => new LogEvent(JobLogLevel.Info, $"line {i}") { Seq = i }), new CancelingEvent(),
            new LogEvent(JobLogLevel.Error, "\u001b[31m<b>red</b>\u001b[0m", 2, 3, 1500) { Seq = 32 },
        ];

        var html = WatchLines.Of("external", events);

        Assert.Equal(20, html.Split("<li ").Length - 1);
        Assert.EndsWith(
            "<li data-seq=\"32\" data-level=\"error\"><span class=\"icon\" aria-hidden=\"true\">✕</span><span class=\"visually-hidden\">Error: </span>" +
            "<span class=\"step\">2/3</span><span class=\"text\" dir=\"auto\">&lt;b&gt;red&lt;/b&gt;</span><span class=\"at\">took 2 s</span></li>", html, StringComparison.Ordinal);
    }

    /// <summary>A server with a page of its own.</summary>
    public sealed class Server : WebServer
    {
        private readonly string _root = Directory.CreateTempSubdirectory("watch").FullName;

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            Directory.CreateDirectory(Path.Combine(_root, "watch"));
            File.WriteAllText(
                Path.Combine(_root, "watch", "watch.html"),
                "{{jobId}}|{{title}}|{{kind}}|{{state}}|{{percent}}|{{message}}|{{stage}}|{{elapsed}}|{{refresh}}|{{unknown}}");
            builder.ConfigureServices(services => services.AddSingleton<IStartupFilter>(provider =>
            {
                provider.GetRequiredService<IWebHostEnvironment>().WebRootFileProvider = new PhysicalFileProvider(_root);
                return new NoFilter();
            }));
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (Directory.Exists(_root))
                Directory.Delete(_root, recursive: true);
        }

        private sealed class NoFilter : IStartupFilter
        {
            public Action<Microsoft.AspNetCore.Builder.IApplicationBuilder> Configure(
                Action<Microsoft.AspNetCore.Builder.IApplicationBuilder> next) => next;
        }
    }
}
