using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProgressHub.Core;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using WordCount;

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Configuration["Storage:DataDirectory"] ??= Path.Combine(AppContext.BaseDirectory, "data");
builder.Services.AddProgressHub();
builder.Services.AddWorkload<WordCountWorkload>();
using var host = builder.Build();
await host.StartAsync();

// Who asks is yours to say: a job belongs to its owner, and for nobody else it exists.
const string owner = "ann";
var jobs = host.Services.GetRequiredService<JobService>();
var input = JsonSerializer.SerializeToElement(new { text = "One fish two fish red fish blue fish", parts = 4 });
var request = new JobRequest { Kind = "wordcount", Input = input, Owner = owner };
var (job, _) = await jobs.SubmitAsync(request, CancellationToken.None);

using var watch = await jobs.WatchAsync(job.JobId, owner, after: 0, CancellationToken.None);
await foreach (var happened in watch!.EventsAsync())
    Console.WriteLine($"{happened.Seq} {happened.Type}");

var result = await jobs.ReadResultAsync(job.JobId, owner, soFar: false, CancellationToken.None);
Console.WriteLine(Encoding.UTF8.GetString(result!.Body.Span));
await host.StopAsync();
