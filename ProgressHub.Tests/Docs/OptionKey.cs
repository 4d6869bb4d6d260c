using System.Reflection;
using ProgressHub.AspNetCore;
using ProgressHub.Cluster;
using ProgressHub.Core;
using ProgressHub.Workloads;
using ProgressHub.Workloads.AspNetCore;

namespace ProgressHub.Tests.Docs;

/// <summary>A key of the configuration: a property of one of the options classes.</summary>
/// <param name="Key">Its name, such as <c>Execution:MaxConcurrency</c>.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Default">What it holds where nobody says anything.</param>
internal sealed record OptionKey(string Key, Type Type, object? Default)
{
    private const string SectionField = "Section";

    private static readonly Assembly[] Assemblies =
    [
        typeof(ServiceCollectionExtensions).Assembly, typeof(WorkloadRegistration).Assembly,
        typeof(ProgressHubAspNetCore).Assembly, typeof(WorkloadHttp).Assembly, typeof(Program).Assembly, typeof(NodeOptions).Assembly,
    ];

    /// <summary>Every key: of all types that name their configuration section.</summary>
    public static IReadOnlyList<OptionKey> All { get; } = [.. Assemblies.SelectMany(a => a.GetTypes()).SelectMany(KeysOf)];

    private static IEnumerable<OptionKey> KeysOf(Type type)
    {
        if (type.GetField(SectionField, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static) is not { IsLiteral: true } section)
            return [];

        var defaults = Activator.CreateInstance(type)!;
        return type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is { IsPublic: true })
            .Select(property => new OptionKey(
                $"{section.GetRawConstantValue()}:{property.Name}",
                Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType,
                property.GetValue(defaults)));
    }
}
