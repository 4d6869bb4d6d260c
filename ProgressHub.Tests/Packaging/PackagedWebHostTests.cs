namespace ProgressHub.Tests.Packaging;

/// <summary>The web host of the examples built from our packages.</summary>
[Collection(PackagedExamples.Collection)]
public sealed class PackagedWebHostTests(PackagedExamples examples) : WebHostContract
{
    protected override string Program => examples.ProgramOf("WebHost");
}
