using System.IO.Compression;
using System.Xml.Linq;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Packaging;

/// <summary>What a package has in it and says of itself.</summary>
[Collection(AloneCollection.Name)]
public sealed class PackageContentTests
{
    public static TheoryData<string> Names => [.. Packages.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_package_has_its_library_its_documentation_and_its_readme_and_no_more(string name)
    {
        using var package = await OpenAsync(name);

        var files = package.Entries.Select(e => e.FullName).Where(f => f[0] is not ('_' or '[') && !f.StartsWith("package/", StringComparison.Ordinal));
        Assert.Equal(
            new[] { "README.md", $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml", $"{name}.nuspec" }.Order(StringComparer.Ordinal),
            files.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_package_says_what_it_is_under_which_licence_and_of_which_sources(string name)
    {
        var metadata = await ReadMetadataAsync(name);

        Assert.Equal((name, Packages.Version), (Text(metadata, "id"), Text(metadata, "version")));
        Assert.Equal("MIT", Text(metadata, "license"));
        Assert.Equal("README.md", Text(metadata, "readme"));
        Assert.InRange(Text(metadata, "description").Length, 60, 400);
        Assert.Contains("progress", Text(metadata, "tags").Split(' '));
        Assert.Matches("^[0-9a-f]{40}$", Child(metadata, "repository").Attribute("commit")!.Value);
        Assert.DoesNotContain(Child(metadata, "repository").Attributes(), a => a.Value.StartsWith("file:", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_package_wants_its_siblings_in_its_own_version_exactly(string name)
    {
        var dependencies = (await ReadMetadataAsync(name)).Descendants().Where(e => e.Name.LocalName == "dependency").ToArray();

        var siblings = dependencies.Where(d => d.Attribute("id")!.Value.StartsWith("ProgressHub.", StringComparison.Ordinal));
        Assert.Equal(name is not ("ProgressHub.Core" or "ProgressHub.Client"), siblings.Any());
        Assert.All(siblings, d => Assert.Equal($"[{Packages.Version}]", d.Attribute("version")!.Value));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_symbols_are_in_a_package_of_their_own(string name)
    {
        await Packages.ReadyAsync();
        using var symbols = await ZipFile.OpenReadAsync(Packages.PathOf(name, "snupkg"));

        Assert.NotNull(symbols.GetEntry($"lib/net10.0/{name}.pdb"));
    }

    [Fact]
    public async Task The_engine_brings_no_web_server_with_it() => Assert.DoesNotContain(
        (await ReadMetadataAsync("ProgressHub.Core")).Descendants(), e => e.Name.LocalName == "frameworkReference");

    private static async Task<ZipArchive> OpenAsync(string name)
    {
        await Packages.ReadyAsync();
        return await ZipFile.OpenReadAsync(Packages.PathOf(name));
    }

    private static async Task<XElement> ReadMetadataAsync(string name)
    {
        using var package = await OpenAsync(name);
        await using var nuspec = await package.GetEntry($"{name}.nuspec")!.OpenAsync();
        return Child((await XDocument.LoadAsync(nuspec, LoadOptions.None, CancellationToken.None)).Root!, "metadata");
    }

    private static XElement Child(XElement parent, string name) => parent.Elements().Single(e => e.Name.LocalName == name);

    private static string Text(XElement parent, string name) => Child(parent, name).Value;
}
