using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Web.Components.Sharing;

/// <summary>The address of a job's own page: to copy, to scan, and as an element of another page.</summary>
public sealed partial class WatchLink
{
    private const string Allowing = "Auth:AllowedOrigins";

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobId JobId { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string Address => $"{Navigation.BaseUri}watch/{JobId}";

    private string Embedding =>
        $"""
        <script type="module" src="{Navigation.BaseUri}js/element.js"></script>
        <progress-job job="{JobId}" base-url="{Navigation.BaseUri.TrimEnd('/')}"></progress-job>
        """;
}
