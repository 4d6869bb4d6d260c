using System.Text.Json;
using System.Text.RegularExpressions;
using ProgressHub.Tests.Docs;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Deploy;

/// <summary>The files to run several nodes, as far as that goes without containers: they can be read, and agree with the product and one another.</summary>
public sealed partial class DeployTests
{
    private const string WebPort = "5080";
    private const string SiloPort = "11111";
    private const string Data = "/var/lib/progresshub/data";
    private const string Shared = "/var/lib/progresshub/files";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private static readonly string[] Files =
    [
        "Dockerfile", "deploy/compose.yaml", "deploy/nginx.conf", "deploy/progresshub.service",
        "deploy/kubernetes/progresshub.yaml", "deploy/kubernetes/network.yaml",
    ];

    [Fact]
    public void Every_setting_in_them_is_one_of_the_product()
    {
        var known = OptionKey.All.Select(option => option.Key).ToHashSet();

        var named = Files.SelectMany(file => Setting().Matches(Repository.Read(file))
            .Select(match => (file, Key: Index().Replace(match.Value, "").Replace("__", ":", StringComparison.Ordinal)))).ToArray();

        Assert.True(named.Length > 20, $"Only {named.Length} settings were found.");
        Assert.DoesNotContain(named, each => !known.Contains(each.Key));
    }

    [Fact]
    public async Task The_nodes_of_compose_differ_in_address_and_data_and_share_the_rest()
    {
        var services = (await ReadAsync("deploy/compose.yaml"))[0].GetProperty("services");
        var nodes = services.EnumerateObject().Where(service => service.Name.StartsWith("node", StringComparison.Ordinal)).ToArray();
        var proxied = Upstream().Matches(Repository.Read("deploy/nginx.conf")).Select(match => match.Groups["to"].Value);

        Assert.Equal(nodes.Select(node => $"{node.Name}:{WebPort}"), proxied);
        Assert.All(nodes, node =>
        {
            var (environment, address) = (node.Value.GetProperty("environment"), node.Value.GetProperty("networks").GetProperty("inside").GetProperty("ipv4_address"));
            Assert.Equal(address.GetString(), environment.GetProperty("Cluster__Address").GetString());
            Assert.Equal([$"files:{Shared}", $"{node.Name}:{Data}"], node.Value.GetProperty("volumes").EnumerateArray().Select(v => v.GetString()));
            Assert.Contains($":{WebPort}/health/ready", node.Value.GetProperty("healthcheck").GetRawText(), StringComparison.Ordinal);
            Assert.False(node.Value.TryGetProperty("ports", out _), "Only the proxy is open to others.");
        });
        Assert.Equal(nodes.Length, nodes.Select(node => node.Value.GetProperty("environment").GetProperty("Cluster__Address").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task The_pods_of_Kubernetes_have_the_ports_the_paths_and_the_user_of_the_image()
    {
        var objects = (await ReadAsync("deploy/kubernetes/progresshub.yaml")).Concat(await ReadAsync("deploy/kubernetes/network.yaml")).ToArray();
        var (set, container) = (objects[0].GetProperty("spec"), objects[0].GetProperty("spec").GetProperty("template").GetProperty("spec").GetProperty("containers")[0]);
        var image = Repository.Read("Dockerfile");

        Assert.Equal(
            ["StatefulSet", "PersistentVolumeClaim", "PodDisruptionBudget", "Service", "Service", "NetworkPolicy"],
            objects.Select(o => o.GetProperty("kind").GetString()));
        Assert.Equal([WebPort, SiloPort], container.GetProperty("ports").EnumerateArray().Select(port => port.GetProperty("containerPort").ToString()));
        Assert.Equal([Data, Shared], container.GetProperty("volumeMounts").EnumerateArray().Select(mount => mount.GetProperty("mountPath").GetString()));
        Assert.Contains(set.GetProperty("serviceName").GetString(), objects.Select(o => o.GetProperty("metadata").GetProperty("name").GetString()));
        Assert.Equal("/health/ready", container.GetProperty("readinessProbe").GetProperty("httpGet").GetProperty("path").GetString());
        Assert.Equal("/health/live", container.GetProperty("livenessProbe").GetProperty("httpGet").GetProperty("path").GetString());
        Assert.Contains($"EXPOSE {WebPort}", image, StringComparison.Ordinal);
        Assert.Contains($"VOLUME [\"{Data}\", \"{Shared}\"]", image, StringComparison.Ordinal);
        Assert.Contains("USER $APP_UID", image, StringComparison.Ordinal);
        Assert.Contains("HEALTHCHECK", image, StringComparison.Ordinal);
    }

    [Fact]
    public void The_proxy_lets_streams_and_WebSockets_through()
    {
        var proxy = Repository.Read("deploy/nginx.conf");

        foreach (var needed in (string[])["proxy_http_version 1.1;", "proxy_buffering off;", "proxy_set_header Upgrade $http_upgrade;", "proxy_set_header Connection $connection_upgrade;", "proxy_read_timeout 1h;"])
            Assert.Contains(needed, proxy, StringComparison.Ordinal);
        Assert.Equal(proxy.Count(c => c == '{'), proxy.Count(c => c == '}'));
    }

    [Fact]
    public async Task Systemd_finds_nothing_wrong_with_the_unit()
    {
        var unit = Repository.Read("deploy/progresshub.service");
        Assert.Contains($"--urls http://127.0.0.1:{WebPort}", unit, StringComparison.Ordinal);
        Assert.Contains("KillSignal=SIGTERM", unit, StringComparison.Ordinal);
        Assert.Contains("Restart=always", unit, StringComparison.Ordinal);

        // It is no part of what the tests install: a container has none.
        if (File.Exists("/usr/bin/systemd-analyze"))
            await CommandRun.SucceedAsync("systemd-analyze", ["verify", "deploy/progresshub.service"], Repository.Root, Limit);
    }

    private static async Task<JsonElement[]> ReadAsync(string file)
    {
        var text = await CommandRun.SucceedAsync(
            "/usr/bin/python3",
            ["-c", "import json, sys, yaml; print(json.dumps(list(yaml.safe_load_all(open(sys.argv[1])))))", file], Repository.Root, Limit);
        return [.. JsonDocument.Parse(text).RootElement.EnumerateArray()];
    }

    [GeneratedRegex("[A-Z][A-Za-z]+__[A-Za-z0-9_]*[A-Za-z0-9]")]
    private static partial Regex Setting();

    [GeneratedRegex("__[0-9]+$")]
    private static partial Regex Index();

    [GeneratedRegex(@"^\s+server (?<to>\S+) max_fails", RegexOptions.Multiline)]
    private static partial Regex Upstream();
}
