using System.Runtime.CompilerServices;

namespace ProgressHub.Tests.Architecture;

/// <summary>A name means one thing: whoever reads it in one project need not ask which of two it is.</summary>
public sealed class TypeNameTests
{
    [Fact]
    public void No_two_types_share_a_name() =>
        Assert.Empty(Shared(House.Types.Where(type => type.Assembly.GetName().Name != House.Client)));

    [Fact]
    public void Nor_do_two_of_the_client() => Assert.Empty(Shared(House.TypesOf(House.Client)));

    [Fact]
    public void Types_that_share_a_name_are_found() => Assert.Equal(
        ["First: ProgressHub.Tests.Architecture.Circle.One, ProgressHub.Tests.Architecture.Twice"],
        Shared([typeof(Circle.One.First), typeof(Twice.First), typeof(Circle.Two.Below.Second)]));

    private static IEnumerable<string> Shared(IEnumerable<Type> types) => types
        .Where(type => !type.IsNested && type.Namespace?.StartsWith("ProgressHub.", StringComparison.Ordinal) == true)
        .Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
        .GroupBy(type => type.Name.Split('`')[0], type => type.Namespace!)
        .Where(namespaces => namespaces.Distinct().Skip(1).Any())
        .Select(namespaces => $"{namespaces.Key}: {string.Join(", ", namespaces.Distinct().Order(StringComparer.Ordinal))}")
        .Order(StringComparer.Ordinal);
}
