using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Listing;

namespace ProgressHub.Tests.Components.Listing;

public sealed class StateCountsTests : ComponentTest
{
    [Fact]
    public async Task Who_tells_of_news_after_the_page_has_gone_is_passed_over()
    {
        using var job = await DrivenJob.SubmitAsync(Services);
        var counts = new StateCounts(Jobs, TimeProvider.System, () => new JobQuery { Owner = "local" }, () => { });
        await counts.CountAsync();
        Assert.Equal(1, counts.ByState![JobState.Queued]);

        counts.Dispose();

        Assert.Null(Record.Exception(counts.CountSoon));
        await counts.CountAsync();
    }
}
