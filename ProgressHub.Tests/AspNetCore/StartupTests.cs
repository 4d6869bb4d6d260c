using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressHub.AspNetCore;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Hosting;
using ProgressHub.Workloads;
using ProgressHub.Workloads.AspNetCore;

namespace ProgressHub.Tests.AspNetCore;

public sealed class StartupTests
{
    [Fact]
    public async Task Another_host_mounts_the_same_API()
    {
        await using var app = Mount("http://127.0.0.1:0");
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using var response = await client.GetAsync("/api/workloads");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://*:0")]
    public async Task A_server_without_sign_in_does_not_start_on_an_address_that_others_reach(string address)
    {
        await using var app = Mount(address);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync());
        Assert.Contains("loopback only", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http_ports", "8080")]
    [InlineData("Kestrel:Endpoints:Open:Url", "http://*:0")]
    public async Task It_does_not_start_so_whatever_setting_says_it(string key, string value)
    {
        await using var app = Mount(null, (key, value));

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync());
        Assert.Contains("loopback only", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_does_not_start_so_also_where_code_says_it()
    {
        await using var app = Mount(null, configure: builder => builder.WebHost.ConfigureKestrel(k => k.ListenAnyIP(0)));

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync());
        Assert.Contains("loopback only", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:5080", true)]
    [InlineData("https://127.0.0.1:5080", true)]
    [InlineData("http://[::1]:80", true)]
    [InlineData("http://unix:/tmp/hub.sock", true)]
    [InlineData("http://192.168.1.2:5080", false)]
    [InlineData("http://hub.example:5080", false)]
    [InlineData("http://+:5080", false)]
    public void An_address_is_loopback_or_not(string address, bool loopback) =>
        Assert.Equal(loopback, LoopbackOnly.IsLoopback(address));

    [Theory]
    [InlineData("Auth:TrustedProxies:0", "everybody", "neither an address nor a network")]
    [InlineData("Auth:Issuers:0:Authority", "http://issuer.example", "not an https address")]
    [InlineData("Auth:Issuers:0:Authority", "https://issuer.example", "needs an Audience")]
    [InlineData("Auth:TicketLifetime", "00:02:00", "TicketLifetime")]
    [InlineData("Auth:Oidc:Authority", "http://provider.example", "not an https address")]
    [InlineData("Auth:Oidc:Authority", "https://provider.example", "ClientId")]
    [InlineData("Auth:AllowedHosts:0", "http://x", "not a host name")]
    [InlineData("Auth:AllowedOrigins:0", "localhost:3000", "not an origin")]
    [InlineData("Auth:AllowedOrigins:0", "http://localhost:3000/", "not an origin")]
    [InlineData("Limits:MaxBodyBytes", "1", "MaxBodyBytes")]
    [InlineData("Limits:SubmissionsPerMinute", "0", "SubmissionsPerMinute")]
    public async Task A_setting_that_makes_no_sense_ends_the_start_and_is_named(string key, string value, string said)
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(async () =>
        {
            await using var app = Mount("http://127.0.0.1:0", (key, value));
            await app.StartAsync();
        });
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_address_is_localhost_5080_unless_somebody_says_otherwise()
    {
        var said = WebApplication.CreateBuilder(["--urls", "http://localhost:7000"]).UseServerDefaults();
        var unsaid = WebApplication.CreateBuilder().UseServerDefaults();

        Assert.Equal("http://localhost:7000", said.WebHost.GetSetting("urls"));
        Assert.Equal("http://localhost:5080", unsaid.WebHost.GetSetting("urls"));
    }

    [Fact]
    public void The_data_folder_stands_beside_the_server_wherever_it_is_started_from()
    {
        var root = Directory.CreateTempSubdirectory("hub").FullName;
        var options = new WebApplicationOptions { ContentRootPath = root };
        var unsaid = WebApplication.CreateBuilder(options).UseServerDefaults();
        var builder = WebApplication.CreateBuilder(options);
        builder.Configuration["Storage:DataDirectory"] = "/somewhere/else";
        builder.UseServerDefaults();

        Assert.Equal(Path.Combine(root, "data"), unsaid.Configuration["Storage:DataDirectory"]);
        Assert.Equal("/somewhere/else", builder.Configuration["Storage:DataDirectory"]);
    }

    private static WebApplication Mount(
        string? address, (string Key, string Value)? setting = null, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder();
        if (setting is { } s)
            builder.Configuration[s.Key] = s.Value;
        builder.Logging.ClearProviders();
        if (address is not null)
            builder.WebHost.UseUrls(address);
        configure?.Invoke(builder);
        builder.Services.AddProgressHub();
        builder.Services.AddProgressHubWorkloads();
        builder.Services.AddProgressHubApi();
        builder.Services.AddProgressHubWorkloadsApi();

        var store = new InMemoryStore();
        builder.Services.RemoveAll<IWorkload>();
        builder.Services.AddSingleton<IWorkload>(new ScriptedWorkload());
        builder.Services.Replace(ServiceDescriptor.Singleton<IJobStore>(store));
        builder.Services.Replace(ServiceDescriptor.Singleton<IEventLog>(store));
        builder.Services.Replace(ServiceDescriptor.Singleton<IFileStore>(store));
        builder.Services.Replace(ServiceDescriptor.Singleton<IDurationStore>(new InMemoryDurations()));
        builder.Services.Replace(ServiceDescriptor.Singleton<IWebhookStore>(store.Webhooks));
        builder.Services.Replace(ServiceDescriptor.Singleton<IScheduleStore>(new InMemorySchedules()));
        return builder.Build().MapProgressHub().MapProgressHubWorkloads();
    }
}
