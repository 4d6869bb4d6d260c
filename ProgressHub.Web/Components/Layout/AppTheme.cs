using MudBlazor;

namespace ProgressHub.Web.Components.Layout;

/// <summary>
/// MudBlazor's theme but for the colours: those are ours, in <c>css/tokens.css</c>, where each has a light and a dark value,
/// so that a page is painted right before its connection is there.
/// </summary>
internal static class AppTheme
{
    private static readonly string[] Fonts =
        ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Helvetica Neue", "Arial", "sans-serif"];

    public static MudTheme Instance { get; } = new()
    {
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "0.5rem", AppbarHeight = "3.5rem", DrawerWidthLeft = "6rem" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Fonts, FontSize = "1rem", LineHeight = "1.55", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = Fonts, FontSize = "0.9375rem", FontWeight = "600", LetterSpacing = "normal", TextTransform = "none" },
        },
    };
}
