namespace ProgressHub.Tests.Support;

/// <summary>
/// Tests that run while no other does, because they look at something that all hosts of the process share: a meter
/// provider hears the instruments of every host by their names, and loses its own where another host's end with it.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "Alone";
}
