using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ProgressHub.Web.Components.Shared;

/// <summary>
/// A field for text, named by a label of its own. One of several lines is the browser's: MudBlazor's sends the whole text
/// with each key, and a text may have 2 MB.
/// </summary>
public sealed partial class TextEntry
{
    private const int Unbounded = 524_288;

    /// <summary>What its label names.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    /// <summary>What is in it.</summary>
    [Parameter]
    public string? Value { get; set; }

    /// <summary>It was left with another text in it.</summary>
    [Parameter]
    public EventCallback<string?> ValueChanged { get; set; }

    /// <summary>How many lines it shows.</summary>
    [Parameter]
    public int Lines { get; set; } = 1;

    /// <summary>The most characters it takes.</summary>
    [Parameter]
    public int? MaxLength { get; set; }

    /// <summary>What stands in it while it is empty.</summary>
    [Parameter]
    public string? Placeholder { get; set; }

    /// <summary>Whether nothing can be written into it now.</summary>
    [Parameter]
    public bool Disabled { get; set; }

    /// <summary>Whether what is written is not shown.</summary>
    [Parameter]
    public bool IsSecret { get; set; }

    /// <summary>More attributes of the field itself.</summary>
    [Parameter(CaptureUnmatchedValues = true)]
    public IReadOnlyDictionary<string, object>? Others { get; set; }

    private InputType Type => IsSecret ? InputType.Password : InputType.Text;

    // A browser should neither fill in a key nor offer to keep it.
    private Dictionary<string, object?> Attributes
    {
        get
        {
            var attributes = new Dictionary<string, object?>();
            if (IsSecret)
                attributes["autocomplete"] = "new-password";
            foreach (var (name, value) in Others ?? new Dictionary<string, object>())
                attributes[name] = value;
            return attributes;
        }
    }
}
