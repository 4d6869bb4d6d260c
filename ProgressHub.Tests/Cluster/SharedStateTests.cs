using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ProgressHub.AspNetCore.Secrets;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Nodes;
using ProgressHub.Core.Sharing;
using ProgressHub.Core.Sql;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.AspNetCore.External;

namespace ProgressHub.Tests.Cluster;

/// <summary>What servers on one PostgreSQL have in common beside jobs and accounts.</summary>
[Collection(PostgresTests.Name)]
public sealed class SharedStateTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("progresshub-keys-");
    private readonly SharedState _one;
    private readonly SharedState _other;

    public SharedStateTests(PostgresServer postgres)
    {
        var database = new SharedDatabase(postgres.NewSchema());
        _one = new SharedState(database, TimeProvider.System, NullLogger<SharedState>.Instance);
        _other = new SharedState(database, TimeProvider.System, NullLogger<SharedState>.Instance);
    }

    public void Dispose()
    {
        _one.Dispose();
        _other.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_sweep_is_made_by_one_node_at_a_time_and_once_an_interval_and_by_another_where_that_one_dies()
    {
        var (one, other) = (new SweepTurns(_one, new SingleNode()), new SweepTurns(_other, new SingleNode()));

        var turn = await one.TakeAsync("jobs", TimeSpan.Zero, CancellationToken.None);
        Assert.NotNull(turn);
        Assert.Null(await other.TakeAsync("jobs", TimeSpan.Zero, CancellationToken.None));
        Assert.NotNull(await other.TakeAsync("files", TimeSpan.Zero, CancellationToken.None));

        await turn.DisposeAsync();
        Assert.Null(await other.TakeAsync("jobs", TimeSpan.FromHours(1), CancellationToken.None));
        Assert.NotNull(await other.TakeAsync("jobs", TimeSpan.Zero, CancellationToken.None));

        Assert.Null(await one.TakeAsync("jobs", TimeSpan.Zero, CancellationToken.None));
        await _other.DisposeAsync();
        await Patience.UntilAsync(
            async () => await one.TakeAsync("jobs", TimeSpan.Zero, CancellationToken.None) is not null, "the turn of the dead is free");
    }

    [Fact]
    public async Task Servers_that_start_together_for_the_first_time_open_what_each_other_protects()
    {
        var protectors = await Task.WhenAll(
            Task.Run(() => Begin(new SharedKeyRing(new SharedKeys(_one), Files("none")))),
            Task.Run(() => Begin(new SharedKeyRing(new SharedKeys(_other), Files("none")))));

        Assert.Equal("hello", protectors[1].Unprotect(protectors[0].Protect("hello")));
        Assert.Equal("hello", protectors[0].Unprotect(protectors[1].Protect("hello")));
        Assert.Single(new SharedKeys(_one).List("ring/"));
    }

    [Fact]
    public void Keys_of_files_are_taken_over_and_go_on_protecting_unless_others_were_there_before()
    {
        var (before, later) = (Begin(Files("first")).Protect("of the first"), Begin(Files("second")).Protect("of the second"));

        var first = Begin(new SharedKeyRing(new SharedKeys(_one), Files("first")));
        Assert.Equal("of the first", first.Unprotect(before));
        var second = Begin(new SharedKeyRing(new SharedKeys(_other), Files("second")));

        Assert.Equal("of the first", second.Unprotect(before));
        Assert.Equal("of the second", second.Unprotect(later));
        Assert.Equal("new", first.Unprotect(second.Protect("new")));
    }

    [Fact]
    public void The_write_tokens_of_a_server_are_those_of_all_and_a_key_in_its_data_directory_is_taken_over()
    {
        var job = JobId.New();
        using var alone = new SharedState(new SharedDatabase(null), TimeProvider.System, NullLogger<SharedState>.Instance);
        var before = Tokens("mine", alone).Of(job);

        Assert.Equal(before, Tokens("mine", _one).Of(job));
        Assert.Equal(before, Tokens("fresh", _other).Of(job));
        Assert.False(File.Exists(Path.Combine(_folder.FullName, "fresh", "external.key")));
    }

    private static IDataProtector Begin(IXmlRepository keys)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddDataProtection().SetApplicationName("test");
        services.Configure<KeyManagementOptions>(options => options.XmlRepository = keys);
        var protector = services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>().CreateProtector("test");
        protector.Protect(Encoding.UTF8.GetBytes("first"));
        return protector;
    }

    private DurableKeys Files(string name) => new(_folder.CreateSubdirectory(name), NullLoggerFactory.Instance);

    private WriteTokens Tokens(string name, SharedState state) => new(
        new ConfigurationBuilder().AddInMemoryCollection([new("Storage:DataDirectory", Path.Combine(_folder.FullName, name))]).Build(),
        new SharedKeys(state));
}
