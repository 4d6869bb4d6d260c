using ProgressHub.Tests.Support;
using Xunit.Abstractions;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>Invariants I1, I3, I4 and I8, proved on the real server as a process that is killed with SIGKILL.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int UsualSeed = 20261129;
    private const string SeedVariable = "PROGRESSHUB_CRASH_SEED";

    private static readonly (Moment Moment, int Times)[] Plan =
    [
        (Moment.Running, 4), (Moment.JustSubmitted, 2), (Moment.InFlight, 3), (Moment.RunningCanceled, 2),
        (Moment.WaitingCanceled, 1), (Moment.Starting, 2),
    ];

    private enum Moment
    {
        Running,
        JustSubmitted,
        InFlight,
        RunningCanceled,
        WaitingCanceled,
        Starting,
    }

    [Fact]
    public async Task Killed_at_any_moment_the_server_loses_nothing_it_acknowledged_or_showed()
    {
        var random = new Random(Wanted.Seed(SeedVariable, UsualSeed, output));
        var moments = Plan.SelectMany(p => Enumerable.Repeat(p.Moment, p.Times)).ToArray();
        random.Shuffle(moments);

        await using var scene = await CrashScene.StartAsync(random);
        await scene.SubmitWatchedAsync(
            new { text = LongTexts.Prose(6000), sourceLanguage = "en", targetLanguage = "es", engine = "apertium", batchCharacters = 400 });
        foreach (var moment in moments)
        {
            await scene.KeepBusyAsync();
            await PlayAsync(scene, moment);
            await scene.CheckAsync();
        }

        // The last life is quick, so that what is left need not take its time.
        await scene.KillAsync();
        scene.Server.Settings["Translation:PseudoDelay"] = "00:00:00";
        await scene.Server.StartAsync();
        await scene.CheckEndAsync();

        output.WriteLine($"{scene.KillsInTheMiddle} kills while jobs ran; {scene.Jobs.Count} jobs.");
        Assert.True(scene.KillsInTheMiddle >= 10);
    }

    private static async Task PlayAsync(CrashScene scene, Moment moment)
    {
        Func<Task>? afterwards = null;
        switch (moment)
        {
            case Moment.Running:
                await scene.RunForAWhileAsync();
                break;
            case Moment.JustSubmitted:
                await scene.SubmitAsync();
                break;
            case Moment.InFlight:
                afterwards = await SubmitWithoutAnswerAsync(scene);
                break;
            case Moment.RunningCanceled:
                await scene.CancelAsync(await scene.BeginLongAsync());
                break;
            case Moment.WaitingCanceled:
                await scene.CancelAsync(await scene.SubmitAsync());
                break;
            case Moment.Starting:
                await scene.KillAsync();
                _ = scene.Server.LaunchAsync();
                await scene.MomentAsync(1500);
                break;
        }

        await scene.KillAsync();
        await scene.Server.StartAsync();
        if (afterwards is not null)
            await afterwards();
    }

    /// <summary>Begins to submit; where no answer came, the same submission again gives one job, not two.</summary>
    private static async Task<Func<Task>> SubmitWithoutAnswerAsync(CrashScene scene)
    {
        var key = Guid.NewGuid().ToString();
        var submission = scene.SubmitAsync(key: key);
        await scene.MomentAsync(20);
        return async () =>
        {
            try
            {
                await submission;
            }
            catch (Exception cut) when (cut is HttpRequestException or IOException)
            {
                await scene.SubmitAsync(key: key);
            }
        };
    }
}
