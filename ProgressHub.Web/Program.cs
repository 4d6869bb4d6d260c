using ProgressHub.AspNetCore;
using ProgressHub.Cluster;
using ProgressHub.Core;
using ProgressHub.Web.Components;
using ProgressHub.Web.Hosting;
using ProgressHub.Web.Telemetry;
using ProgressHub.Workloads;
using ProgressHub.Workloads.AspNetCore;

if (await WorkerProgram.RunAsync(args) is { } code)
    return code;
if (await DataCommands.RunAsync(args) is { } done)
    return done;

var builder = WebApplication.CreateBuilder(HostSetup.Settings(args));
builder.UseServerDefaults();
builder.UseTelemetry();
builder.WebHost.UseStaticWebAssets();
builder.AddProgressHubCluster();
builder.Services.AddProgressHub();
builder.Services.AddProgressHubWorkloads();
builder.Services.AddProgressHubApi();
builder.Services.AddProgressHubWorkloadsApi();
builder.Services.AddProgressHubMcp();
builder.Services.AddProgressHubComponents();
builder.AddProgressHubClusterDuties();

return await builder.RunServerAsync(static app =>
{
    app.MapProgressHub();
    app.MapProgressHubWorkloads();
    app.MapProgressHubMcp();
    app.MapProgressHubComponents();
    app.MapStaticAssets().AllowAnonymous();
});
