namespace ProgressHub.AspNetCore.Dialects;

/// <summary>
/// Another system's HTTP API, served from the same jobs and events: routes, the reading of requests, and a projection of
/// events to that system's JSON. It holds no state of its own.
/// </summary>
internal interface IDialect
{
    /// <summary>Its name in the API's description.</summary>
    string Name { get; }

    /// <summary>What it is, in a sentence, for the API's description.</summary>
    string Description { get; }

    /// <summary>Adds its routes.</summary>
    /// <param name="routes">The server's root: a dialect's clients know its whole paths.</param>
    void Map(IEndpointRouteBuilder routes);
}
