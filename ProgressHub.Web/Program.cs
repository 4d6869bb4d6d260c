#pragma warning disable CA1822,CA1305
using ProgressHub.Core;
using ProgressHub.Core.Storage;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Streaming;
using ProgressHub.Web.Security;
using ProgressHub.Web.Jobs;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddProgressHub().AddStorage().AddStreaming();
builder.Services.AddSingleton<ICallerIdentity, LocalCaller>();
builder.Services.AddSingleton<WatcherLimiter>();
var app = builder.Build();
app.MapStreaming();
app.MapGet("/api/jobs/{id}/events", (string id, long? after, HttpContext c, IEventStreamer s) => s.StreamAsync(c, JobId.Parse(id), after));
app.Run();
