using ProgressHub.Cluster;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Cluster;

public sealed class RelayBatchTests
{
    [Fact]
    public void Events_come_out_as_they_went_in_byte_for_byte()
    {
        var (first, second) = (JobId.New(), JobId.New());
        EventFrame[] mine = [Frame(first, 4, new LogEvent(JobLogLevel.Info, "Grüße, 你好")), Frame(first, 5, new PartialEvent(7, null, true, "text"))];
        var end = Frame(second, 9, new DoneEvent(JobState.Succeeded, null, null, new JobSummary(0, [])));
        end.Ending = 3;

        var read = RelayBatch.Read(RelayBatch.Write([new("ann", mine), new("bob", [end])]));

        Assert.Equal(["ann", "bob"], read.Select(job => job.Owner));
        Assert.Equal(mine.Select(Describe), read[0].Frames.Select(Describe));
        Assert.Equal([Describe(end)], read[1].Frames.Select(Describe));
        Assert.Equal((7, null, 3L), (read[0].Frames[1].Item, read[0].Frames[1].Ending, read[1].Frames[0].Ending));
    }

    [Fact]
    public void Of_another_version_nothing_is_read()
    {
        var batch = RelayBatch.Write([new("ann", [Frame(JobId.New(), 1, new CancelingEvent())])]);
        batch[0]++;

        Assert.Empty(RelayBatch.Read(batch));
        Assert.Empty(RelayBatch.Read([]));
    }

    private static string Describe(EventFrame frame) =>
        $"{frame.JobId} {frame.Seq} {frame.Type} {frame.Item} {frame.Ending} {System.Text.Encoding.UTF8.GetString(frame.Sse.Span)}";

    private static EventFrame Frame(JobId id, long seq, JobEvent jobEvent) =>
        EventFrame.Encode(jobEvent with { JobId = id, Seq = seq, At = DateTimeOffset.UnixEpoch, Attempt = 1 }, null);
}
