using System.Net;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Webhooks;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Webhooks;

/// <summary>Where webhooks may go, and where not, however it is written.</summary>
public sealed class AddressTests
{
    [Theory]
    [InlineData("0.0.0.0"), InlineData("0.1.2.3"), InlineData("10.0.0.1"), InlineData("100.64.0.1"), InlineData("100.127.255.255")]
    [InlineData("127.0.0.1"), InlineData("127.255.255.254"), InlineData("169.254.169.254"), InlineData("172.16.0.1")]
    [InlineData("172.31.255.255"), InlineData("192.0.0.8"), InlineData("192.0.2.1"), InlineData("192.88.99.1")]
    [InlineData("192.168.1.1"), InlineData("198.18.0.1"), InlineData("198.19.255.255"), InlineData("198.51.100.1")]
    [InlineData("203.0.113.1"), InlineData("224.0.0.1"), InlineData("240.0.0.1"), InlineData("255.255.255.255")]
    [InlineData("::"), InlineData("::1"), InlineData("::7f00:1"), InlineData("::ffff:127.0.0.1"), InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b::7f00:1"), InlineData("64:ff9b::a00:1"), InlineData("64:ff9b:1::1"), InlineData("2002:7f00:1::1")]
    [InlineData("2002:a9fe:a9fe::1"), InlineData("2002:c0a8:101::"), InlineData("2001::1"), InlineData("2001:db8::1")]
    [InlineData("fc00::1"), InlineData("fd12:3456::1"), InlineData("fe80::1"), InlineData("fe80::1%1"), InlineData("fec0::1")]
    [InlineData("ff02::1"), InlineData("100::1"), InlineData("3fff::1"), InlineData("4000::1")]
    public async Task A_name_that_stands_for_what_is_not_public_is_not_connected_to(string address)
    {
        Assert.False(PublicAddresses.Contains(IPAddress.Parse(address)));
        var connector = new GuardedConnector(Policy(), new FakeResolver(address));

        await Assert.ThrowsAsync<AddressNotAllowedException>(
            () => connector.ConnectAsync(new DnsEndPoint("localtest.example", 80), CancellationToken.None).AsTask());
        await Assert.ThrowsAsync<AddressNotAllowedException>(
            () => connector.ConnectAsync(new DnsEndPoint(address, 80), CancellationToken.None).AsTask());
    }

    [Theory]
    [InlineData("1.1.1.1"), InlineData("8.8.8.8"), InlineData("100.63.255.255"), InlineData("100.128.0.0"), InlineData("172.15.0.1")]
    [InlineData("172.32.0.1"), InlineData("192.169.0.1"), InlineData("223.255.255.255"), InlineData("2606:4700::1111")]
    [InlineData("64:ff9b::101:101"), InlineData("2002:101:101::1"), InlineData("::ffff:1.1.1.1")]
    public void Others_are_public(string address) => Assert.True(PublicAddresses.Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://127.0.0.1/"), InlineData("http://[::ffff:127.0.0.1]/"), InlineData("http://[::1]:8080/"), InlineData("http://2130706433/")]
    [InlineData("http://0x7f.1/"), InlineData("http://0177.0.0.1/"), InlineData("http://127.1/"), InlineData("http://0x7f000001/")]
    [InlineData("http://169.254.169.254/latest/meta-data"), InlineData("http://[fd00::1]/"), InlineData("http://[fe80::1%25eth0]/")]
    [InlineData("https://10.0.0.1:8443/hook"), InlineData("http://①②⑦.0.0.1/"), InlineData("http://0/"), InlineData("http://[::]/")]
    public async Task A_literal_is_refused_at_once_or_at_the_latest_when_it_is_connected_to(string url)
    {
        try
        {
            new WebhookCheck(new PlainProtector(), Policy()).Accept(new WebhookRequest(url, null, null), JobId.New());
        }
        catch (InvalidWebhookException refusal)
        {
            Assert.Contains(refusal.Code, new[] { "webhook_address_not_allowed", "invalid_webhook_url" });
            return;
        }

        var uri = new Uri(url);
        await Assert.ThrowsAsync<AddressNotAllowedException>(() => new GuardedConnector(Policy(), new SystemResolver())
            .ConnectAsync(new DnsEndPoint(uri.IdnHost, uri.Port), CancellationToken.None).AsTask());
    }

    [Fact]
    public async Task Of_a_name_with_both_kinds_of_addresses_only_the_allowed_is_connected_to()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var port = new Uri(receiver.Url).Port;
        var policy = Policy(o => o.AllowedAddresses = ["127.0.0.1/32"]);

        await using var connection = await new GuardedConnector(policy, new FakeResolver("10.9.8.7", "127.0.0.1"))
            .ConnectAsync(new DnsEndPoint("both.example", port), CancellationToken.None).Soon();

        Assert.True(connection.CanWrite);
    }

    [Theory]
    [InlineData("10.1.0.0/16", "10.1.2.3", true), InlineData("10.1.0.0/16", "10.2.2.3", false), InlineData("10.1.2.3", "10.1.2.3", true)]
    [InlineData("10.1.0.0/16", "::ffff:10.1.2.3", true), InlineData("fd00::/8", "fd00::1", true), InlineData("INTERN.example", "10.1.2.3", true)]
    [InlineData("other.example", "10.1.2.3", false)]
    public void The_operator_may_allow_more(string allowed, string address, bool allows) =>
        Assert.Equal(allows, Policy(o => o.AllowedAddresses = [allowed]).Allows("intern.example", IPAddress.Parse(address)));

    private static AddressPolicy Policy(Action<WebhookOptions>? change = null)
    {
        var options = new WebhookOptions();
        change?.Invoke(options);
        return new AddressPolicy(Options.Create(options));
    }

    private sealed class FakeResolver(params string[] addresses) : IHostResolver
    {
        public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
            Task.FromResult(addresses.Select(IPAddress.Parse).ToArray());
    }
}
