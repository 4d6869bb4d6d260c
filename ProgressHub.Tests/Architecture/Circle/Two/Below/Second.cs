namespace ProgressHub.Tests.Architecture.Circle.Two.Below;

internal sealed class Second
{
    public One.First? Other { get; init; }

    public Own? Own { get; init; }
}
