using System.Reflection;

namespace ProgressHub.Tests.Architecture;

/// <summary>The compiled projects of the product.</summary>
internal static class House
{
    /// <summary>The client's project: it stands in other programs, and has words of its own for what is on the wire.</summary>
    public const string Client = "ProgressHub.Client";

    /// <summary>Each project's name, which is its assembly's and its root namespace.</summary>
    public static IReadOnlyList<string> Projects { get; } =
    [
        "ProgressHub.Core", "ProgressHub.Workloads", "ProgressHub.AspNetCore", "ProgressHub.Workloads.AspNetCore", "ProgressHub.Web",
        "ProgressHub.Cluster", "ProgressHub.Testing", Client, "ProgressHub.Tool",
    ];

    public static IReadOnlyList<Assembly> Assemblies { get; } = [.. Projects.Select(Assembly.Load)];

    /// <summary>Every type of every project.</summary>
    public static IReadOnlyList<Type> Types { get; } = [.. Assemblies.SelectMany(a => a.GetTypes())];

    /// <summary>The types of one project.</summary>
    public static IReadOnlyList<Type> TypesOf(string project) => Assembly.Load(project).GetTypes();
}
