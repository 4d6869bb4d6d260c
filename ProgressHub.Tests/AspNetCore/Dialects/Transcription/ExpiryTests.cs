using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Dialects.Transcription;

/// <summary>Progress is gone five minutes after the end, the job is not; and a minute has so many submissions.</summary>
public sealed class ExpiryTests : IDisposable
{
    private readonly ShiftedServer _server = new();

    [Fact]
    public async Task Progress_is_told_for_five_minutes_after_the_end()
    {
        using var response = await PostAsync("/transcribe");
        var id = DialectServer.IdOf(response);
        await DialectServer.BodyAsync(response);

        _server.Time.Shift = TimeSpan.FromMinutes(4.5);
        using var before = await _server.Client.GetAsync($"/progress/{id}");
        _server.Time.Shift = TimeSpan.FromMinutes(5.5);
        using var after = await _server.Client.GetAsync($"/progress/{id}");
        using var stream = await _server.Client.GetAsync($"/progress/{id}/stream");
        using var native = await _server.Client.GetAsync($"/api/jobs/{id}");

        Assert.Equal("completed", (await DialectServer.BodyAsync(before)).Text("status"));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.OK), (after.StatusCode, stream.StatusCode, native.StatusCode));
        Assert.Equal("progress_gone", (await DialectServer.BodyAsync(after)).Text("code"));
        Assert.Contains("0:05:00", (await DialectServer.BodyAsync(stream)).Text("error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_submissions_are_429_in_the_routes_own_shape()
    {
        for (var i = 0; i < ShiftedServer.Submissions; i++)
        {
            using var response = await PostAsync("/transcribe");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        using var plain = await PostAsync("/transcribe");
        using var openAI = await PostAsync("/v1/audio/transcriptions");

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests), (plain.StatusCode, openAI.StatusCode));
        Assert.Equal("rate_limited", (await DialectServer.BodyAsync(plain)).Text("code"));
        var error = (await DialectServer.BodyAsync(openAI)).GetProperty("error");
        Assert.Equal(("rate_limit_error", "rate_limited"), (error.Text("type"), error.Text("code")));
        Assert.NotNull(openAI.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_store_that_can_not_write_is_503_in_the_routes_own_shape()
    {
        _server.Store.Broken = true;

        using var response = await PostAsync("/v1/audio/transcriptions");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("server_error", (await DialectServer.BodyAsync(response)).GetProperty("error").Text("type"));
        _server.Store.Broken = false;
    }

    public void Dispose() => _server.Dispose();

    private Task<HttpResponseMessage> PostAsync(string path) =>
        _server.Client.PostAsync(path, DialectServer.Form(DialectServer.Speech(), ("model", "base")));

    /// <summary>A server whose clock can be put forward, with a transcription that hears nothing, at once.</summary>
    private sealed class ShiftedServer : WebServer
    {
        public const int Submissions = 3;

        public ShiftableTime Time { get; } = new();

        protected override Dictionary<string, string?> Settings => new()
        {
            ["Limits:SubmissionsPerMinute"] = $"{Submissions}",
            ["Uploads:MinFreeBytes"] = "0",
        };

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            var result = new ResultDocument("application/json", "a.json", """
                {"text":"Well","language":null,"duration":3,"engine":"lambda","segments":[]}
                """u8.ToArray());
            builder.ConfigureTestServices(services =>
            {
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Time));
                services.AddSingleton<IWorkload>(new LambdaWorkload("transcription", async context =>
                {
                    await context.ReceiveFileAsync(context.Input.GetProperty("file").GetString()!);
                    return new WorkloadOutcome(result);
                })
                {
                    Descriptor = LambdaWorkload.Describe("transcription") with { FileInput = "file" },
                });
            });
        }
    }

    private sealed class ShiftableTime : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;
    }
}
