using System.Reflection;
using System.Runtime.CompilerServices;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Architecture;

/// <summary>The dependency rules of the design, one test each.</summary>
public sealed class LayerTests
{
    private const string Product = "ProgressHub";
    private const string Core = "ProgressHub.Core";
    private const string Jobs = Core + ".Jobs";
    private const string Events = Core + ".Events";
    private const string Progress = Core + ".Progress";
    private const string Seam = Core + ".Workloads";
    private const string Execution = Core + ".Execution";
    private const string Webhooks = Core + ".Webhooks";
    private const string Storage = Core + ".Storage";
    private const string Quotas = Core + ".Quotas";
    private const string Uploads = Core + ".Uploads";
    private const string Retries = Core + ".Retries";
    private const string Sql = Core + ".Sql";
    private const string Sqlite = Core + ".Sqlite";
    private const string Postgres = Core + ".Postgres";
    private const string Files = Core + ".Files";
    private const string Nodes = Core + ".Nodes";
    private const string Workloads = "ProgressHub.Workloads";
    private const string Inference = Workloads + ".Inference";
    private const string Workers = Workloads + ".Workers";
    private const string TextFiles = Workloads + ".TextFiles";
    private const string AspNetCore = "ProgressHub.AspNetCore";
    private const string WorkloadsHttp = "ProgressHub.Workloads.AspNetCore";
    private const string Dialects = WorkloadsHttp + ".Dialects";
    private const string Web = "ProgressHub.Web";
    private const string Cluster = "ProgressHub.Cluster";

    /// <summary>Whom each project may know; what it is made of besides is its own affair.</summary>
    public static TheoryData<string, string[]> Projects => new()
    {
        { Core, [] },
        { Workloads, [Core] },
        { AspNetCore, [Core] },
        { WorkloadsHttp, [Core, Workloads, AspNetCore] },
        { Web, [Core, Workloads, AspNetCore, WorkloadsHttp, Cluster] },
        { Cluster, [Core] },
        { "ProgressHub.Testing", [Core] },
        { House.Client, [] },
        { "ProgressHub.Tool", [] },
    };

    /// <summary>The packages that one project alone may name.</summary>
    public static TheoryData<string, string> Packages => new()
    {
        { "MudBlazor", Web }, { "OpenAI", Workloads }, { "Anthropic", Workloads }, { "AngleSharp", Workloads },
        { "Markdig", Workloads }, { "DuckDB", Workloads }, { "MiniExcel", Workloads }, { "Microsoft.Extensions.AI", Workloads },
        { "ModelContextProtocol", AspNetCore }, { "Orleans", Cluster },
    };

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_knows_only_those_below_it(string project, string[] below)
    {
        var known = Assembly.Load(project).GetReferencedAssemblies().Select(a => a.Name!)
            .Where(name => name.StartsWith(Product + ".", StringComparison.Ordinal));

        Assert.Empty(known.Except(below));
    }

    [Theory]
    [InlineData(Workloads), InlineData("ProgressHub.Testing")]
    public void Workloads_and_what_they_are_tested_with_build_on_the_public_contract_alone(string project) => Assert.DoesNotContain(
        Assembly.Load(Core).GetCustomAttributes<InternalsVisibleToAttribute>(), friend => friend.AssemblyName == project);

    [Theory]
    [InlineData(Core), InlineData(Workloads)]
    public void The_engine_and_the_workloads_do_without_aspnetcore(string project)
    {
        Assert.DoesNotContain(Assembly.Load(project).GetReferencedAssemblies(), a =>
            a.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
        Assert.DoesNotContain("FrameworkReference", Repository.Read($"{project}/{project}.csproj"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_is_named_by_one_project_alone(string package, string project) => Assert.DoesNotContain(
        House.Assemblies.Where(a => a.GetName().Name != project),
        a => a.GetReferencedAssemblies().Any(r => r.Name == package || r.Name!.StartsWith(package + ".", StringComparison.Ordinal)));

    [Theory]
    [InlineData(Core), InlineData(Workloads), InlineData(AspNetCore), InlineData(WorkloadsHttp), InlineData(Web), InlineData("ProgressHub.Testing")]
    public void No_part_of_the_server_knows_the_client(string project) =>
        Assert.DoesNotContain(Assembly.Load(project).GetReferencedAssemblies(), a => a.Name == House.Client);

    // The analyzers of trimming and of compiling ahead of time then watch every line of it.
    [Fact]
    public void The_client_trims_and_compiles_ahead_of_time() => Assert.Equal(
        ["IsAotCompatible: True", "IsTrimmable: True"],
        Assembly.Load(House.Client).GetCustomAttributes<AssemblyMetadataAttribute>()
            .Where(m => m.Key.StartsWith("Is", StringComparison.Ordinal)).Select(m => $"{m.Key}: {m.Value}").Order(StringComparer.Ordinal));

    [Fact]
    public void Jobs_uses_nothing_else_of_the_product() => AssertOnly(Jobs);

    [Fact]
    public void Nodes_uses_jobs_alone() => AssertOnly(Nodes, Jobs);

    [Fact]
    public void Retries_use_jobs_alone() => AssertOnly(Retries, Jobs);

    [Fact]
    public void Uploads_use_jobs_files_and_nodes_alone() => AssertOnly(Uploads, Jobs, Files, Nodes);

    [Fact]
    public void Files_uses_nothing_else_of_the_product() => AssertOnly(Files);

    [Fact]
    public void Events_uses_jobs_alone() => AssertOnly(Events, Jobs, Retries);

    [Fact]
    public void Progress_uses_jobs_and_events() => AssertOnly(Progress, Jobs, Events);

    [Fact]
    public void The_contract_of_workloads_uses_what_is_left_of_it() => AssertOnly(Seam, Jobs, Events, Progress);

    [Fact]
    public void Execution_uses_no_storage() => AssertOnly(Execution, Jobs, Nodes, Retries, Uploads, Quotas, Events, Progress, Seam, Webhooks);

    [Fact]
    public void Quotas_use_jobs_uploads_and_the_contract_of_workloads_alone() => AssertOnly(Quotas, Jobs, Uploads, Seam);

    [Fact]
    public void Webhooks_use_jobs_nodes_and_events_alone() => AssertOnly(Webhooks, Jobs, Nodes, Retries, Events);

    [Fact]
    public void What_servers_share_uses_the_toolbox_of_postgres_and_knows_of_jobs_and_nodes() =>
        AssertOnly(Core + ".Sharing", Sql, Postgres, Sqlite, Jobs, Nodes, Execution);

    [Fact]
    public void Storage_uses_jobs_uploads_and_events_alone_and_the_toolbox_of_sqlite() => AssertOnly(Storage, Jobs, Uploads, Events, Sqlite, Postgres, Files);

    [Fact]
    public void Accounts_use_the_toolbox_of_sqlite_and_jobs_alone() => AssertOnly(Core + ".Accounts", Sql, Sqlite, Postgres, Jobs);

    [Fact]
    public void Tables_beside_the_jobs_use_the_toolboxes_of_databases_and_jobs_alone() => AssertOnly(Sql, Sqlite, Postgres, Jobs);

    [Fact]
    public void The_toolbox_of_postgres_uses_jobs_and_the_one_of_sqlite_alone() => AssertOnly(Postgres, Jobs, Sqlite);

    [Fact]
    public void The_toolbox_of_sqlite_uses_jobs_and_files_alone() => AssertOnly(Sqlite, Jobs, Files);

    [Fact]
    public void Schedules_submit_jobs_and_use_no_storage() => AssertOnly(Core + ".Schedules", Jobs, Events, Seam, Execution);

    [Fact]
    public void Only_the_intake_and_the_registration_name_webhooks_in_Core() => Assert.Equal(
        [typeof(JobIntake), typeof(ProgressHub.Core.ServiceCollectionExtensions)],
        CodeUse.OfTypes(House.TypesOf(Core).Where(t => !DependencyRule.Covers(Webhooks, t.Namespace)))
            .Where(use => DependencyRule.Covers(Webhooks, use.Used.Namespace)).Select(use => Outermost(use.User))
            .Distinct().OrderBy(t => t.Name));

    [Fact]
    public void Only_its_own_registration_names_storage()
    {
        var others = House.Types.Where(t => !DependencyRule.Covers(Storage, t.Namespace)).ToArray();

        var named = CodeUse.OfTypes(others).Where(use => DependencyRule.Covers(Storage, use.Used.Namespace)).ToArray();

        // A host may call it, and set its options; and may check, copy and restore a data directory.
        Assert.DoesNotContain(named, use => use.Used.Namespace != Storage + ".Backups"
            && use.Used.Name is not ("StorageServiceCollectionExtensions" or "StorageOptions" or "StorageProvider"));
        Assert.DoesNotContain(named, use => use.User.Namespace is not (Core or Web or Web + ".Hosting" or Cluster));
    }

    [Fact]
    public void A_workload_knows_neither_another_one_nor_how_it_is_run_watched_or_kept()
    {
        var types = House.TypesOf(Workloads);
        var workloads = types.Select(t => t.Namespace).OfType<string>()
            .Where(n => n.StartsWith(Workloads + ".", StringComparison.Ordinal))
            .Select(n => $"{Workloads}.{n[(Workloads.Length + 1)..].Split('.')[0]}").Distinct().ToArray();

        Assert.Contains(Inference, workloads);
        Assert.All(workloads.Where(w => w != Inference), workload => Assert.Empty(
            DependencyRule.Only(workload, Product, Jobs, Progress, Seam, Inference, TextFiles, Workers, "=" + Workloads, Sql, Sqlite, Files).Breaches(types)));
        Assert.Empty(DependencyRule.Only(Inference, Product, Jobs, Retries, Progress, Seam).Breaches(types));
    }

    [Fact]
    public void A_dialect_knows_no_other_and_nobody_but_its_registration_knows_a_dialect()
    {
        var types = House.Types.Where(t => t.Name != nameof(ProgressHub.Workloads.AspNetCore.WorkloadHttp)).ToArray();
        var each = types.Select(t => t.Namespace).OfType<string>()
            .Where(n => n.StartsWith(Dialects + ".", StringComparison.Ordinal)).Distinct().ToArray();

        Assert.Equal(4, each.Length);
        Assert.All(each, dialect => Assert.Empty(
            DependencyRule.Not(dialect, [.. each.Where(other => other != dialect)]).Breaches(types)));
        Assert.All(each, dialect => Assert.DoesNotContain(
            CodeUse.OfTypes(types.Where(t => !DependencyRule.Covers(Dialects, t.Namespace))),
            use => DependencyRule.Covers(dialect, use.Used.Namespace)));
    }

    [Fact]
    public void Dialects_see_what_other_watchers_see_and_no_store() => Assert.Empty(
        DependencyRule.Not(Dialects, Storage, Web, "System.Net.Http").Breaches(House.TypesOf(WorkloadsHttp)));

    [Fact]
    public void Components_never_go_over_the_wire_to_their_own_server() => Assert.Empty(DependencyRule.Not(
        Web + ".Components", "System.Net.Http", "Microsoft.AspNetCore.SignalR.Client", "System.Net.WebSockets",
        AspNetCore + ".Streaming", AspNetCore + ".Dialects", Dialects).Breaches(House.TypesOf(Web)));

    [Fact]
    public void Only_the_one_writer_appends_to_a_log_and_only_one_class_creates_any()
    {
        var calls = CodeUse.OfMembers(House.Types).Where(c => c.Used.DeclaringType == typeof(IEventLog)).ToArray();

        Assert.Equal([typeof(EventWriter)], Users(calls, nameof(IEventLog.AppendAsync)));
        Assert.Equal([typeof(JobLogs)], Users(calls, nameof(IEventLog.CreateAsync)));
    }

    [Fact]
    public void Whoever_shows_events_takes_them_from_the_feed()
    {
        Assert.DoesNotContain(
            CodeUse.OfTypes(House.Types.Where(t => !DependencyRule.Covers(Core, t.Namespace))), use => use.Used == typeof(IEventLog));
        Assert.Equal(
            [typeof(EventFeed), typeof(OwnerFeeds)],
            CodeUse.OfTypes(House.Types).Where(use => use.Used == typeof(FrameBroadcast))
                .Select(use => Outermost(use.User)).Distinct().Except([typeof(FeedWatcher), typeof(FlushTick), typeof(WatcherGroup)])
                .OrderBy(t => t.Name));
    }

    private static void AssertOnly(string from, params string[] allowed) =>
        Assert.Empty(DependencyRule.Only(from, Product, allowed).Breaches(House.TypesOf(Core)));

    private static IEnumerable<Type> Users(IEnumerable<(Type User, MemberInfo Used)> calls, string method) =>
        calls.Where(c => c.Used.Name == method).Select(c => Outermost(c.User)).Distinct();

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
