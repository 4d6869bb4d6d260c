namespace ProgressHub.Tests.Architecture;

/// <summary>In no project do two folders, however deep, need each other.</summary>
public sealed class FolderCycleTests
{
    private const string Example = "ProgressHub.Tests.Architecture.Circle";

    public static TheoryData<string> Projects => [.. House.Projects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_folders_of_a_project_use_each_other_in_a_circle(string project)
    {
        var cycles = FolderGraph.Of(project, House.TypesOf(project)).Cycles();

        Assert.True(cycles.Count == 0, string.Join("\n\n", cycles).Replace("; ", "\n", StringComparison.Ordinal));
    }

    [Fact]
    public void A_circle_is_found_and_says_who_closes_it()
    {
        var cycle = Assert.Single(FolderGraph.Of(Example, [typeof(Circle.One.First), typeof(Circle.Two.Below.Second)]).Cycles());

        Assert.Contains("Circle.One -> ProgressHub.Tests.Architecture.Circle.Two: First uses Second", cycle, StringComparison.Ordinal);
        Assert.Contains("Circle.Two -> ProgressHub.Tests.Architecture.Circle.One: Second uses First", cycle, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_and_those_below_it_are_one_room() =>
        Assert.Empty(FolderGraph.Of(Example, [typeof(Circle.Two.Own), typeof(Circle.Two.Below.Second)]).Cycles());
}
