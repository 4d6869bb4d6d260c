using System.Globalization;
using System.Security;
using System.Text;

namespace ProgressHub.Core.Workloads.Analysis.Charts;

/// <summary>Draws a chart as SVG 1.1 that stands alone: no script, no style sheet, every text escaped.</summary>
internal sealed class SvgChart
{
    private const double Width = 800;
    private const double Height = 450;
    private const double Left = 90;
    private const double Margin = 30;
    private const double Legend = 150;
    private const double Top = 46;
    private const double Bottom = 80;
    private const int MaxLabel = 18;
    private const int MaxTitleLine = 96;

    // Okabe and Ito (2008): told apart by those who see few colours too.
    private static readonly string[] Colours =
        ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#8c7a00", "#5b5b5b", "#7a3b8f", "#1b7837", "#b2182b", "#2166ac"];

    private readonly StringBuilder _svg = new();
    private readonly ChartSpec _chart;
    private readonly Scale _y;
    private readonly double _right;

    private SvgChart(ChartSpec chart)
    {
        _chart = chart;
        _right = chart.Type == ChartType.Line && chart.Series.Any(s => s.Name is not null) ? Legend : Margin;
        var heights = chart.Series.SelectMany(s => s.Points).Select(p => p.Y).DefaultIfEmpty(0).ToList();
        _y = Scale.Over(heights.Min(), heights.Max(), withZero: chart.Type == ChartType.Bar);
    }

    /// <summary>The drawing; null where there is nothing to draw.</summary>
    public static string? Draw(ChartSpec chart)
    {
        if (chart.Type == ChartType.Table || !chart.Series.Any(s => s.Points.Count > 0))
            return null;
        return new SvgChart(chart).Draw();
    }

    private string Draw()
    {
        _svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\">\n");
        _svg.Append(CultureInfo.InvariantCulture, $"<title>{Safe(_chart.Title)}</title>\n<rect width=\"{Width}\" height=\"{Height}\" fill=\"#ffffff\"/>\n");
        DrawTitle();
        DrawGrid();
        switch (_chart.Type)
        {
            case ChartType.Bar:
                DrawBars(_chart.Series[0].Points);
                break;
            case ChartType.Line:
                DrawLines();
                break;
            default:
                DrawDots(_chart.Series[0].Points);
                break;
        }

        Text((Left + Width - _right) / 2, Height - 12, _chart.X ?? "", "middle", "#444444");
        Text(16, (Top + Height - Bottom) / 2, _chart.Y ?? "", "middle", "#444444", Turned(16, (Top + Height - Bottom) / 2, -90));
        return _svg.Append("</svg>\n").ToString();
    }

    private void DrawTitle()
    {
        // On one line, or on two with the break between words.
        var title = _chart.Title;
        var end = title.Length <= MaxTitleLine ? title.Length : title.LastIndexOf(' ', MaxTitleLine);
        if (end <= 0)
            end = Math.Min(title.Length, MaxTitleLine);
        var rest = title[end..].TrimStart();
        Text(Width / 2, rest.Length == 0 ? 24 : 16, title[..end], "middle", "#1a1a1a", "font-size=\"14\"");
        if (rest.Length > 0)
            Text(Width / 2, 34, Cut(rest, MaxTitleLine), "middle", "#1a1a1a", "font-size=\"14\"");
    }

    private void DrawGrid()
    {
        foreach (var tick in _y.Ticks)
        {
            var at = Y(tick);
            Line(Left, at, Width - _right, at, tick == 0 ? "#444444" : "#dddddd");
            Text(Left - 8, at + 4, Scale.Name(tick), "end", "#444444");
        }

        Line(Left, Top, Left, Height - Bottom, "#444444");
    }

    private void DrawBars(IReadOnlyList<ChartPoint> bars)
    {
        var step = (Width - Left - _right) / bars.Count;
        for (var i = 0; i < bars.Count; i++)
        {
            var (from, to) = (Y(0), Y(bars[i].Y));
            _svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Left + (step * (i + 0.12)):0.##}\" y=\"{Math.Min(from, to):0.##}\" width=\"{step * 0.76:0.##}\" height=\"{Math.Abs(from - to):0.##}\" fill=\"{Colours[0]}\"><title>{Safe($"{bars[i].Label}: {Scale.Name(bars[i].Y)}")}</title></rect>\n");
            Label(Left + (step * (i + 0.5)), bars[i].Label, bars.Count);
        }
    }

    private void DrawLines()
    {
        var labels = _chart.Series.SelectMany(s => s.Points).Select(p => p.Label ?? "").Distinct().Order(StringComparer.Ordinal).ToList();
        var places = labels.Select((label, i) => (label, i)).ToDictionary(p => p.label, p => p.i, StringComparer.Ordinal);
        double At(string? label) => Left + ((Width - Left - _right) * (labels.Count == 1 ? 0.5 : (double)places[label ?? ""] / (labels.Count - 1)));
        for (var s = 0; s < _chart.Series.Count; s++)
        {
            var series = _chart.Series[s];
            var colour = Colours[s % Colours.Length];
            var points = string.Join(' ', series.Points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{At(p.Label):0.##},{Y(p.Y):0.##}")));
            _svg.Append(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\"{points}\"><title>{Safe(series.Name ?? _chart.Y ?? "")}</title></polyline>\n");
            if (series.Name is not null)
            {
                Line(Width - _right + 12, Top + (s * 20), Width - _right + 32, Top + (s * 20), colour, 3);
                Text(Width - _right + 38, Top + 4 + (s * 20), Cut(series.Name, MaxLabel), "start", "#1a1a1a");
            }
        }

        var every = Math.Max(1, (int)Math.Ceiling(labels.Count / 12.0));
        for (var i = 0; i < labels.Count; i += every)
            Label(At(labels[i]), labels[i], labels.Count);
    }

    private void DrawDots(IReadOnlyList<ChartPoint> dots)
    {
        var x = Scale.Over(dots.Min(d => d.X ?? 0), dots.Max(d => d.X ?? 0), withZero: false);
        double At(double value) => Left + ((Width - Left - _right) * x.Share(value));
        foreach (var tick in x.Ticks)
            Text(At(tick), Height - Bottom + 18, Scale.Name(tick), "middle", "#444444");
        foreach (var dot in dots)
            _svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{At(dot.X ?? 0):0.##}\" cy=\"{Y(dot.Y):0.##}\" r=\"3\" fill=\"{Colours[0]}\" fill-opacity=\"0.5\"/>\n");
    }

    private void Label(double x, string? label, int count)
    {
        var y = Height - Bottom + 16;
        if (count <= 8)
            Text(x, y, Cut(label ?? "", MaxLabel), "middle", "#444444");
        else
            Text(x, y, Cut(label ?? "", MaxLabel), "end", "#444444", Turned(x, y, -40));
    }

    private double Y(double value) => Height - Bottom - ((Height - Bottom - Top) * _y.Share(value));

    private void Line(double x1, double y1, double x2, double y2, string colour, double width = 1) => _svg.Append(
        CultureInfo.InvariantCulture, $"<line x1=\"{x1:0.##}\" y1=\"{y1:0.##}\" x2=\"{x2:0.##}\" y2=\"{y2:0.##}\" stroke=\"{colour}\" stroke-width=\"{width}\"/>\n");

    private void Text(double x, double y, string text, string anchor, string colour, string more = "") => _svg.Append(
        CultureInfo.InvariantCulture, $"<text x=\"{x:0.##}\" y=\"{y:0.##}\" text-anchor=\"{anchor}\" fill=\"{colour}\" {more}>{Safe(text)}</text>\n");

    private static string Turned(double x, double y, int degrees) =>
        string.Create(CultureInfo.InvariantCulture, $"transform=\"rotate({degrees} {x:0.##} {y:0.##})\"");

    private static string Cut(string text, int most) => text.Length <= most ? text : $"{text[..(most - 1)]}…";

    // Control characters and half surrogates are no XML, however they are written.
    private static string Safe(string text) => SecurityElement.Escape(string.Concat(text.EnumerateRunes()
        .Select(r => Rune.IsControl(r) || r.Value is 0xFFFE or 0xFFFF ? " " : r.ToString())));
}
