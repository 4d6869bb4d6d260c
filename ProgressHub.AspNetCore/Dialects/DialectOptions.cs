using System.ComponentModel.DataAnnotations;
using ProgressHub.AspNetCore.Security;

namespace ProgressHub.AspNetCore.Dialects;

/// <summary>What the other systems' APIs share. Configuration section <c>Dialects</c>.</summary>
internal sealed class DialectOptions : IValidatableObject
{
    /// <summary>The configuration section; a dialect's own options stand in one below it.</summary>
    public const string Section = "Dialects";

    /// <summary>
    /// Origins of other sites whose pages may use the dialects' routes, and these alone; <c>Auth:AllowedOrigins</c> may use
    /// every route.
    /// </summary>
    public string[] AllowedOrigins { get; set; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => AllowedOrigins
        .Where(o => !AuthOptions.IsOrigin(o))
        .Select(o => new ValidationResult(
            $"Dialects:AllowedOrigins: '{o}' is not an origin such as http://localhost:3000.", [nameof(AllowedOrigins)]));
}
