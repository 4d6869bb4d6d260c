namespace ProgressHub.Tests.Architecture.Circle.Two;

internal sealed class Own
{
    public Below.Second? Other { get; init; }
}
