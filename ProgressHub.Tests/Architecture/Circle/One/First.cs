namespace ProgressHub.Tests.Architecture.Circle.One;

internal sealed class First
{
    public Two.Below.Second? Other { get; init; }
}
