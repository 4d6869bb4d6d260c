namespace ProgressHub.AspNetCore.Http;

/// <summary>Metadata of endpoints: what belongs together in the API's description.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Description">What it is for, in a sentence.</param>
internal sealed record ApiTag(string Name, string Description)
{
    /// <summary>The jobs themselves.</summary>
    public static ApiTag Jobs { get; } = new("Jobs", "Submitting jobs, watching them, and what comes of them.");
}

/// <summary>Metadata of endpoints that take a bearer token of their own: how the API's description names it.</summary>
/// <param name="Scheme">The name of the security scheme.</param>
/// <param name="Description">Where the token comes from.</param>
internal sealed record ApiBearer(string Scheme, string Description);
