using System.Text.Json;
using System.Text.RegularExpressions;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Deploy;

/// <summary>The dashboard and the alerts in <c>deploy</c>, against what a real server serves at <c>/metrics</c> and Prometheus' own tool.</summary>
public sealed partial class MonitoringTests
{
    // Names of .NET's own that Prometheus' linter would have otherwise.
    private static readonly string[] OfDotNet = ["dotnet_assembly_count", "dotnet_process_cpu_count", "dotnet_timer_count"];
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private static readonly string Rules = Path.Combine(Repository.Root, "deploy", "prometheus");

    [Fact]
    public async Task Every_metric_that_is_shown_or_alerts_is_served_and_what_is_served_is_as_it_should_be()
    {
        await using var server = await ServerProcess.StartNewAsync(("Webhooks:AllowPrivateAddresses", "true"));
        await SubmitWithWebhookAsync(server);
        var text = "";
        await Patience.UntilAsync(
            async () => (text = await server.Client.GetStringAsync("/metrics")).Contains("progresshub_webhooks_attempts_total{", StringComparison.Ordinal),
            "a delivery was tried");

        var served = Declaration().Matches(text).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["type"].Value);
        foreach (var used in Used())
            Assert.True(IsServed(served, used), $"{used} is not at /metrics.");

        var file = Path.Combine(server.DataDirectory, "metrics.txt");
        await File.WriteAllTextAsync(file, text);
        var complaints = await CommandRun.SucceedAsync(
            "sh", ["-c", $"promtool check metrics < '{file}' 2>&1 || true"], server.DataDirectory, Limit);
        Assert.Equal(
            OfDotNet, complaints.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_alerts_are_rules_of_Prometheus_and_do_what_they_say()
    {
        var checkedRules = await CommandRun.SucceedAsync("promtool", ["check", "rules", "progresshub.rules.yml"], Rules, Limit);
        await CommandRun.SucceedAsync("promtool", ["test", "rules", "progresshub.rules.test.yml"], Rules, Limit);

        Assert.Contains("SUCCESS", checkedRules, StringComparison.Ordinal);
    }

    private static async Task SubmitWithWebhookAsync(ServerProcess server)
    {
        using var response = await server.Client.PostAsync("/api/jobs", WebServer.Json(new
        {
            kind = "translation", input = JobCalls.Pseudo("The lamp."), webhook = new { url = "http://127.0.0.1:9/nobody" },
        }));
        await server.Client.EndAsync((await WebServer.ReadAsync(response)).Id());
    }

    private static HashSet<string> Used()
    {
        using var dashboard = JsonDocument.Parse(Repository.Read("deploy/grafana/progresshub.json"));
        var expressions = dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray()).Select(target => target.Text("expr")!)
            .Concat(dashboard.RootElement.GetProperty("templating").GetProperty("list").EnumerateArray().Select(v => v.GetProperty("query").ToString()))
            .Append(Repository.Read("deploy/prometheus/progresshub.rules.yml"));
        var used = expressions.SelectMany(e => Name().Matches(e)).Select(m => m.Value).ToHashSet();
        Assert.True(used.Count > 12, $"Only {used.Count} names were found.");
        return used;
    }

    private static bool IsServed(Dictionary<string, string> served, string name) =>
        served.ContainsKey(name)
        || (Series().Match(name) is { Success: true } series && served.GetValueOrDefault(series.Groups["name"].Value) == "histogram");

    [GeneratedRegex(@"^# TYPE (?<name>\S+) (?<type>\S+)$", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    // Labels have such prefixes too: http_response_status_code, http_route.
    [GeneratedRegex(@"\b(progresshub_|dotnet_|kestrel_|http_server_)[a-z_]+\b")]
    private static partial Regex Name();

    [GeneratedRegex("^(?<name>.+)_(bucket|sum|count)$")]
    private static partial Regex Series();
}
