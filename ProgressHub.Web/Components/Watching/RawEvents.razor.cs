using System.Text;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;

namespace ProgressHub.Web.Components.Watching;

/// <summary>The job's last events as they go over the wire, for whoever writes a client.</summary>
public sealed partial class RawEvents
{
    /// <summary>The events, in order.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<JobEvent> Events { get; set; } = [];

    /// <summary>Whether there are more before them.</summary>
    [Parameter]
    public bool HasEarlier { get; set; }

    private static string Json(JobEvent item) => Encoding.UTF8.GetString(EventJson.Serialize(item));
}
