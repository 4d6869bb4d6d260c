using System.Globalization;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>What goes over the wire is the same wherever the server's operator lives.</summary>
public sealed class CultureTests
{
    [Theory]
    [InlineData("tr_TR.UTF-8"), InlineData("ar_SA.UTF-8"), InlineData("th_TH.UTF-8")]
    public async Task Numbers_times_and_cursors_do_not_go_by_the_servers_culture(string locale)
    {
        await using var server = await ServerProcess.StartNewAsync(("LC_ALL", locale), ("Translation:PseudoDelay", "00:00:00"));
        var client = server.Client;
        var id = await client.SubmitAsync(StreamServer.Lively());
        var ended = await client.EndAsync(id);
        var last = ended.GetProperty("seq").GetInt64();

        foreach (var name in (string[])["createdAt", "finishedAt", "serverTime"])
            Assert.Matches(@"^20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{3}Z$", ended.Text(name));
        var csv = (await client.GetStringAsync($"/api/jobs/{id}/events?format=csv")).Split("\r\n");
        Assert.Matches(@"^1,20[0-9]{2}-[0-9-]{5}T[0-9:]{8}\.[0-9]{3}Z,queued,0,0,", csv[1]);
        Assert.Contains(csv, line => line.Contains(",progress,", StringComparison.Ordinal) && line.Contains(",0.", StringComparison.Ordinal));

        await using var stream = await EventStream.OpenAsync(client, $"/api/jobs/{id}/events?after={last - 2}");
        var seen = await stream.RestAsync();
        Assert.Equal([last - 2, last - 1, last], seen.Select(item => long.Parse(item.EventId!, CultureInfo.InvariantCulture)));
        await using var whole = await EventStream.OpenAsync(client, $"/api/jobs/{id}/events?after=-1");
        Assert.Equal($"{last - 1}", (await whole.NextAsync())!.Value.EventId);
        using var page = await client.GetAsync($"/api/jobs/{id}/events?format=json&after=+1");
        await page.IsProblemAsync(400, "invalid_cursor");
        using var limited = await client.GetAsync("/api/jobs?limit=0");
        Assert.Contains("1 to 200", await limited.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        server.AssertCalm();
    }
}
