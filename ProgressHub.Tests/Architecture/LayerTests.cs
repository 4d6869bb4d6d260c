using System.Reflection;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
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
    private const string Workloads = Core + ".Workloads";
    private const string Inference = Workloads + ".Inference";
    private const string Execution = Core + ".Execution";
    private const string Webhooks = Core + ".Webhooks";
    private const string Storage = Core + ".Storage";
    private const string Uploads = Core + ".Uploads";
    private const string Web = "ProgressHub.Web";
    private const string Dialects = Web + ".Dialects";

    /// <summary>The choice of the native library, which counts for all who open a database of their own.</summary>
    private const string Sqlite = Core + ".Sqlite";

    private static readonly Assembly CoreAssembly = typeof(Job).Assembly;
    private static readonly Assembly WebAssembly = Assembly.Load("ProgressHub.Web");
    private static readonly Type[] CoreTypes = CoreAssembly.GetTypes();
    private static readonly Type[] WebTypes = WebAssembly.GetTypes();

    [Fact]
    public void Core_knows_neither_the_web_nor_aspnetcore()
    {
        Assert.DoesNotContain(CoreAssembly.GetReferencedAssemblies(), a =>
            a.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || a.Name == Web);
        Assert.Empty(DependencyRule.Not(Core, "Microsoft.AspNetCore", Web).Breaches(CoreTypes));
        Assert.DoesNotContain("FrameworkReference", Repository.Read("ProgressHub.Core/ProgressHub.Core.csproj"), StringComparison.Ordinal);
    }

    [Fact]
    public void Jobs_uses_nothing_else_of_the_product() => AssertOnly(Jobs);

    [Fact]
    public void Uploads_uses_jobs_alone() => AssertOnly(Uploads, Jobs);

    [Fact]
    public void Events_uses_jobs_alone() => AssertOnly(Events, Jobs);

    [Fact]
    public void Progress_uses_jobs_and_events() => AssertOnly(Progress, Jobs, Events);

    [Fact]
    public void The_seam_of_workloads_uses_what_is_left_of_it() => AssertOnly("=" + Workloads, Jobs, Events, Progress);

    [Fact]
    public void Execution_uses_no_particular_workload_and_no_storage() =>
        AssertOnly(Execution, Jobs, Uploads, Events, Progress, "=" + Workloads, Webhooks);

    [Fact]
    public void A_dialect_knows_no_other_and_nobody_knows_a_dialect()
    {
        var each = WebTypes.Select(t => t.Namespace).OfType<string>()
            .Where(n => n.StartsWith(Dialects + ".", StringComparison.Ordinal)).Distinct().ToArray();

        Assert.Equal(4, each.Length);
        Assert.All(each, dialect => Assert.Empty(
            DependencyRule.Not(dialect, [.. each.Where(other => other != dialect)]).Breaches(WebTypes)));
        Assert.All(each, dialect => Assert.DoesNotContain(
            CodeUse.OfTypes(WebTypes.Where(t => !DependencyRule.Covers(Dialects, t.Namespace))),
            use => DependencyRule.Covers(dialect, use.Used.Namespace)));
    }

    [Fact]
    public void Dialects_see_what_other_watchers_see_and_no_store()
    {
        Assert.Empty(DependencyRule.Not(Dialects, Storage, Web + ".Components", "System.Net.Http").Breaches(WebTypes));
    }

    [Fact]
    public void Webhooks_use_jobs_and_events_alone() => AssertOnly(Webhooks, Jobs, Events);

    [Fact]
    public void Only_the_intake_and_the_registration_name_webhooks_in_Core() => Assert.Equal(
        [typeof(JobIntake), typeof(ProgressHub.Core.ServiceCollectionExtensions)],
        CodeUse.OfTypes(CoreTypes.Where(t => !DependencyRule.Covers(Webhooks, t.Namespace)))
            .Where(use => DependencyRule.Covers(Webhooks, use.Used.Namespace)).Select(use => Outermost(use.User))
            .Distinct().OrderBy(t => t.Name));

    [Fact]
    public void Storage_uses_jobs_uploads_and_events_alone() => AssertOnly(Storage, Jobs, Uploads, Events, Sqlite);

    [Fact]
    public void The_choice_of_the_database_library_uses_nothing_else_of_the_product() => AssertOnly(Sqlite);

    [Fact]
    public void Only_its_own_registration_names_storage()
    {
        var others = CoreTypes.Concat(WebTypes).Where(t => !DependencyRule.Covers(Storage, t.Namespace)).ToArray();

        var named = CodeUse.OfTypes(others).Where(use => DependencyRule.Covers(Storage, use.Used.Namespace)).ToArray();

        // A host may call it, and set its options.
        Assert.DoesNotContain(named, use => use.Used.Name is not ("StorageServiceCollectionExtensions" or "StorageOptions" or "StorageProvider"));
        Assert.DoesNotContain(named, use => use.User.Namespace is not (Core or Web or Web + ".Hosting"));
    }

    [Fact]
    public void A_workload_knows_neither_another_one_nor_how_it_is_run_watched_or_kept()
    {
        foreach (var workload in CoreTypes.Select(t => t.Namespace).OfType<string>()
            .Where(n => n.StartsWith(Workloads + ".", StringComparison.Ordinal))
            .Select(n => $"{Workloads}.{n[(Workloads.Length + 1)..].Split('.')[0]}").Distinct())
        {
            AssertOnly(workload, Jobs, Progress, "=" + Workloads, Inference, Sqlite);
        }

        AssertOnly(Inference, Jobs, Progress, "=" + Workloads);
    }

    [Fact]
    public void Components_never_go_over_the_wire_to_their_own_server() => Assert.Empty(DependencyRule.Not(
        Web + ".Components", "System.Net.Http", "Microsoft.AspNetCore.SignalR.Client", "System.Net.WebSockets",
        Web + ".Streaming", Web + ".Dialects").Breaches(WebTypes));

    [Fact]
    public void Only_the_one_writer_appends_to_a_log_and_only_the_intake_creates_one()
    {
        var calls = CodeUse.OfMembers(CoreTypes.Concat(WebTypes)).Where(c => c.Used.DeclaringType == typeof(IEventLog)).ToArray();

        Assert.Equal([typeof(EventWriter)], Users(calls, nameof(IEventLog.AppendAsync)));
        Assert.Equal([typeof(JobIntake)], Users(calls, nameof(IEventLog.CreateAsync)));
    }

    [Fact]
    public void Whoever_shows_events_takes_them_from_the_feed()
    {
        Assert.DoesNotContain(CodeUse.OfTypes(WebTypes), use => use.Used == typeof(IEventLog));
        Assert.Equal(
            [typeof(EventFeed), typeof(OwnerFeeds)],
            CodeUse.OfTypes(CoreTypes.Concat(WebTypes)).Where(use => use.Used == typeof(FrameBroadcast))
                .Select(use => Outermost(use.User)).Distinct().Except([typeof(FeedWatcher), typeof(FlushTick), typeof(WatcherGroup)])
                .OrderBy(t => t.Name));
    }

    private static void AssertOnly(string from, params string[] allowed) =>
        Assert.Empty(DependencyRule.Only(from, Product, allowed).Breaches(CoreTypes));

    private static IEnumerable<Type> Users(IEnumerable<(Type User, MemberInfo Used)> calls, string method) =>
        calls.Where(c => c.Used.Name == method).Select(c => Outermost(c.User)).Distinct();

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
