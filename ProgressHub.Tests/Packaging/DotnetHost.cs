namespace ProgressHub.Tests.Packaging;

/// <summary>The <c>dotnet</c> that runs these tests.</summary>
internal static class DotnetHost
{
    public static string Path { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
}
