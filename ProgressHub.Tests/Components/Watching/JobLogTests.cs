using Bunit;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Web.Components.Watching;
using ProgressHub.Web.Localization;

namespace ProgressHub.Tests.Components.Watching;

public sealed class JobLogTests : BunitContext
{
    public JobLogTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<UiText>();
    }

    [Theory]
    [InlineData(JobLogLevel.Success, "success", "Success: ")]
    [InlineData(JobLogLevel.Warning, "warning", "Warning: ")]
    [InlineData(JobLogLevel.Error, "error", "Error: ")]
    public void A_level_is_a_colour_a_drawing_and_a_word(JobLogLevel level, string style, string word)
    {
        var line = Render<LogLine>(p => p.Add(x => x.Line, new LogEvent(level, "It happened")));

        Assert.Contains(style, line.Find("li").ClassList);
        Assert.Equal(word, line.Find(".visually-hidden").TextContent);
        Assert.NotNull(line.Find("svg[aria-hidden=true]"));
    }

    [Fact]
    public void A_line_tells_its_moment_its_step_and_how_long_it_took()
    {
        var line = Render<LogLine>(p => p.Add(
            x => x.Line, new LogEvent(JobLogLevel.Info, "Cut", 2, 5, 312) { ElapsedMs = 65_000 }));

        Assert.Equal("1:05", line.Find(".at").TextContent);
        Assert.Equal("2/5 Cut 0.3 s", line.Find(".message").Text());
    }

    [Fact]
    public void The_list_can_be_scrolled_by_keyboard_and_is_not_announced()
    {
        var log = Render<JobLog>(p => p.Add(x => x.Lines, [new LogEvent(JobLogLevel.Info, "One")]));

        var region = log.One("log", "Log lines");
        Assert.Equal("0", region.GetAttribute("tabindex"));
        Assert.Equal("off", region.GetAttribute("aria-live"));
    }

    [Fact]
    public void Following_the_end_is_left_to_the_browser()
    {
        var module = JSInterop.SetupModule("./ui/follow-end.js");
        var attach = module.SetupVoid("attach", _ => true);

        Render<JobLog>(p => p.Add(x => x.Lines, [new LogEvent(JobLogLevel.Info, "One")]));

        Assert.Equal(true, Assert.Single(JSInterop.Invocations["attach"]).Arguments[1]);
        Assert.NotNull(attach);
    }

    [Fact]
    public void A_line_that_was_rendered_is_not_rendered_again()
    {
        var line = new LogEvent(JobLogLevel.Info, "One") { Seq = 1 };
        var log = Render<JobLog>(p => p.Add(x => x.Lines, [line]));
        var first = log.FindComponent<LogLine>();

        log.Render(p => p.Add(x => x.Lines, [line, new LogEvent(JobLogLevel.Info, "Two") { Seq = 2 }]));

        Assert.Equal(1, first.RenderCount);
    }
}
