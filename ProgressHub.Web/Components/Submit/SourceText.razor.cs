using System.Text;
using Microsoft.AspNetCore.Components;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Submit;

/// <summary>The text to translate: typed, pasted, from a file or from a sample.</summary>
public sealed partial class SourceText
{
    private const int PreviewLength = 2000;

    /// <summary>What is filled in.</summary>
    [Parameter, EditorRequired]
    public TranslationDraft Draft { get; set; } = new();

    /// <summary>What is wrong with the text.</summary>
    [Parameter]
    public string? Problem { get; set; }

    /// <summary>The text was changed by hand.</summary>
    [Parameter]
    public EventCallback<string> OnType { get; set; }

    /// <summary>A file or a sample was taken.</summary>
    [Parameter]
    public EventCallback<SourceFile> OnFile { get; set; }

    /// <summary>A file could not be taken.</summary>
    [Parameter]
    public EventCallback<string> OnProblem { get; set; }

    /// <summary>The text is to go.</summary>
    [Parameter]
    public EventCallback OnClear { get; set; }

    private string Count
    {
        get
        {
            var bytes = Encoding.UTF8.GetByteCount(Draft.Text);
            var size = bytes < 1024 * 100 ? "" : UiText.Of(" · {0:0.00} of 2 MB", bytes / 1024.0 / 1024);
            return UiText.Of("{0:#,0} characters · {1:#,0} words{2}", Draft.Text.Length, Words(Draft.Text), size);
        }
    }

    private static SourceFile ToFile(Sample sample) =>
        new(sample.FileName, SourceFile.FormatOf(sample.FileName) ?? "plain", sample.Text);

    private static int Words(string text)
    {
        var words = 0;
        var inside = false;
        foreach (var character in text)
        {
            var letter = !char.IsWhiteSpace(character);
            if (letter && !inside)
                words++;
            inside = letter;
        }

        return words;
    }

    private Task TypeAsync(string text) => OnType.InvokeAsync(text);
}
