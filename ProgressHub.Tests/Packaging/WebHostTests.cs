namespace ProgressHub.Tests.Packaging;

/// <summary>The web host of the examples as the solution builds it.</summary>
public sealed class WebHostTests : WebHostContract
{
    protected override string Program => Examples.ProgramOf("WebHost");
}
