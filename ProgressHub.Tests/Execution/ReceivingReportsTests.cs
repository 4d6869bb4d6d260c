using ProgressHub.Core.Execution;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Uploads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

public sealed class ReceivingReportsTests
{
    [Fact]
    public void The_last_report_is_of_all_that_has_come_though_an_earlier_one_is_still_being_made()
    {
        var upload = new LiveUpload(TimeProvider.System);
        var progress = new Recording();
        var reports = new ReceivingReports(
            new StoredFile { Id = "1", Owner = "o", Name = "a", CreatedAt = default, TouchedAt = default }, upload, progress);
        upload.Advanced += reports.Report;
        var sender = new Thread(() => upload.Advance(5));
        progress.First = () =>
        {
            // The sender's own report comes now: it goes by, or it waits for this one.
            sender.Start();
            Assert.True(SpinWait.SpinUntil(
                () => !sender.IsAlive || sender.ThreadState.HasFlag(ThreadState.WaitSleepJoin), Patience.Limit));
        };

        reports.Report();

        Assert.True(sender.Join(Patience.Limit));
        Assert.Equal([0, 5], progress.Seen);
    }

    private sealed class Recording : IProgress<ProgressUpdate>
    {
        private readonly List<double> _seen = [];

        public Action? First { get; set; }

        public IReadOnlyList<double> Seen => _seen;

        public void Report(ProgressUpdate value)
        {
            if (First is { } first)
            {
                First = null;
                first();
            }

            _seen.Add(value.Current!.Value);
        }
    }
}
