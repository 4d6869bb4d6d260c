using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Translation;

namespace ProgressHub.Tests.AspNetCore.Dialects.Translation;

public sealed class MessageExpiryTests
{
    [Theory]
    [InlineData(false, 240)]
    [InlineData(true, 30)]
    public async Task Partial_results_expire_and_then_say_so_and_the_job_has_lost_nothing(bool configured, int minutes)
    {
        await using var server = configured ? new ForgetfulServer() : new ClockedServer();
        using var submitted = await server.Client.PostAsync("/messages", WebServer.Json(new { content = "One lamp." }));
        var id = (await WebServer.ReadAsync(submitted)).Text("id")!;
        await server.EndAsync(id);

        server.Time.Advance(TimeSpan.FromMinutes(minutes));
        var shown = await server.GetAsync($"/messages/{id}/partial");
        server.Time.Advance(TimeSpan.FromSeconds(1));
        using var response = await server.Client.GetAsync($"/messages/{id}/partial");
        var expired = await WebServer.ReadAsync(response);

        Assert.Equal(("completed", 1), (shown.Text("status"), shown.GetProperty("partial_results").EnumerateObject().Count()));
        Assert.Equal(HttpStatusCode.Gone, response.StatusCode);
        Assert.Equal((false, id, "expired"), (expired.GetProperty("success").GetBoolean(), expired.Text("message_id"), expired.Text("status")));
        Assert.Equal("partials_expired", expired.GetProperty("error").Text("code"));
        Assert.Equal("{}", expired.GetProperty("partial_results").GetRawText());
        Assert.Contains("⟦", (await server.GetAsync($"/messages/{id}")).Text("content"), StringComparison.Ordinal);
        Assert.Single((await server.GetAsync($"/api/jobs/{id}/partials")).GetProperty("events").EnumerateArray());
    }

    /// <summary>A server whose clock the test moves, with the real translation.</summary>
    private class ClockedServer : WebServer
    {
        public ManualTime Time { get; } = new();

        protected override Dictionary<string, string?> Settings => new() { ["Translation:PseudoDelay"] = "00:00:00" };

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services =>
            {
                services.AddSingleton<IWorkload, TranslationWorkload>();
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Time));
            });
        }
    }

    private sealed class ForgetfulServer : ClockedServer
    {
        protected override Dictionary<string, string?> Settings =>
            new(base.Settings) { ["Dialects:Translation:PartialsKept"] = "00:30:00" };
    }
}
