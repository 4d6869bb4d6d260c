using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using QRCoder;

namespace ProgressHub.Web.Components.Sharing;

/// <summary>A text as a picture that a phone's camera reads: black on white in every theme, with the margin that readers need.</summary>
public sealed partial class QrCode
{
    private string? _drawn;

    /// <summary>The text, such as an address: at most 2,331 bytes.</summary>
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    /// <summary>What the picture is, for a screen reader.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    private string Frame { get; set; } = "";

    private string Dots { get; set; } = "";

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_drawn == Text)
            return;
        _drawn = Text;
        using var code = QRCodeGenerator.GenerateQrCode(Text, QRCodeGenerator.ECCLevel.M);
        var dots = new StringBuilder();
        for (var y = 0; y < code.ModuleMatrix.Count; y++)
        {
            for (var x = 0; x < code.ModuleMatrix[y].Length; x++)
            {
                if (code.ModuleMatrix[y][x])
                    dots.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
            }
        }

        (Frame, Dots) = (string.Create(CultureInfo.InvariantCulture, $"0 0 {code.ModuleMatrix.Count} {code.ModuleMatrix.Count}"), dots.ToString());
    }
}
