using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.AspNetCore.Dialects;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Dialects;

/// <summary>The server with <see cref="EchoDialect"/>, which one other site may use.</summary>
public class EchoServer : WebServer
{
    internal const string OtherSite = "http://localhost:3000";

    protected override Dictionary<string, string?> Settings => new()
    {
        ["Dialects:AllowedOrigins:0"] = OtherSite, ["Limits:WatchersPerJob"] = "2",
    };

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services => services.AddSingleton<IDialect, EchoDialect>());
    }

    /// <summary>A job of many events that has ended.</summary>
    internal async Task<string> FinishAsync(string run)
    {
        var id = (await SubmitAsync(run: run)).Id();
        var script = Workload[run];
        await script.DoAsync(context => context.BeginStageAsync("reading").AsTask());
        for (var i = 0; i < 5; i++)
            await script.DoAsync(context => context.LogAsync(JobLogLevel.Info, $"line {i}").AsTask());
        await script.DoAsync(context =>
        {
            context.Progress.Report(new ProgressUpdate(1, 2));
            return context.BeginStageAsync("writing").AsTask();
        });
        script.End(new WorkloadOutcome(ScriptedWorkload.Document("all of it")));
        await EndAsync(id);
        return id;
    }
}
