using System.Globalization;
using System.Security;
using System.Text;

namespace ProgressHub.Workloads.Analysis.Charts;

/// <summary>Draws a chart as SVG: no script, no style sheet, every text escaped, each value told where one points at it.</summary>
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

    private const int MaxMarks = 400;

    private readonly StringBuilder _svg = new();
    private readonly ChartInk _ink;
    private readonly ChartSpec _chart;
    private readonly Scale _y;
    private readonly double _right;

    private SvgChart(ChartSpec chart, ChartInk ink)
    {
        (_chart, _ink) = (chart, ink);
        _right = chart.Type is ChartType.Line or ChartType.Stacked && chart.Series.Any(s => s.Name is not null) ? Legend : Margin;
        var points = chart.Series.SelectMany(s => s.Points);
        var heights = (chart.Type == ChartType.Stacked ? points.GroupBy(p => p.Label).Select(g => g.Sum(p => p.Y)) : points.Select(p => p.Y)).DefaultIfEmpty(0).ToList();
        _y = Scale.Over(heights.Min(), heights.Max(), withZero: chart.Type is ChartType.Bar or ChartType.Stacked);
    }

    /// <summary>The drawing; null where there is nothing to draw.</summary>
    /// <param name="chart">What to draw.</param>
    /// <param name="ink">Its colours; where it is missing, those of a drawing that stands alone.</param>
    public static string? Draw(ChartSpec chart, ChartInk? ink = null)
    {
        // A result may come from a client or an earlier version, with a chart that has none.
        if (chart.Type == ChartType.Table || chart.Series?.Any(s => s.Points.Count > 0) is not true)
            return null;
        return new SvgChart(chart, ink ?? ChartInk.Alone).Draw();
    }

    private string Draw()
    {
        _svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\">\n");
        _svg.Append(CultureInfo.InvariantCulture, $"<title>{Safe(_chart.Title)}</title>\n");
        if (_ink.Paper is { } paper)
            _svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"{paper}\"/>\n");
        DrawTitle();
        DrawGrid();
        switch (_chart.Type)
        {
            case ChartType.Bar:
                DrawBars(_chart.Series[0].Points);
                break;
            case ChartType.Stacked:
                DrawStacks();
                break;
            case ChartType.Line:
                DrawLines();
                break;
            default:
                DrawDots(_chart.Series[0].Points);
                break;
        }

        Text((Left + Width - _right) / 2, Height - 12, _chart.X ?? "", "middle", _ink.Soft);
        Text(16, (Top + Height - Bottom) / 2, _chart.Y ?? "", "middle", _ink.Soft, Turned(16, (Top + Height - Bottom) / 2, -90));
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
        Text(Width / 2, rest.Length == 0 ? 24 : 16, title[..end], "middle", _ink.Text, "font-size=\"14\"");
        if (rest.Length > 0)
            Text(Width / 2, 34, Cut(rest, MaxTitleLine), "middle", _ink.Text, "font-size=\"14\"");
    }

    private void DrawGrid()
    {
        foreach (var (tick, label) in _y.Ticks.Zip(_y.Labels))
        {
            var at = Y(tick);
            Line(Left, at, Width - _right, at, tick == 0 ? _ink.Soft : _ink.Grid);
            Text(Left - 8, at + 4, label, "end", _ink.Soft);
        }

        Line(Left, Top, Left, Height - Bottom, _ink.Soft);
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

    private void DrawStacks()
    {
        var labels = _chart.Series.SelectMany(s => s.Points).Select(p => p.Label).Distinct().ToList();
        var totals = _chart.Series.SelectMany(s => s.Points).GroupBy(p => p.Label ?? "").ToDictionary(g => g.Key, g => g.Sum(p => p.Y), StringComparer.Ordinal);
        labels = [.. labels.OrderByDescending(l => totals[l ?? ""])];
        var step = (Width - Left - _right) / labels.Count;
        var reached = new double[labels.Count];
        for (var s = 0; s < _chart.Series.Count; s++)
        {
            var colour = Colours[s % Colours.Length];
            foreach (var part in _chart.Series[s].Points)
            {
                var i = labels.IndexOf(part.Label);
                var (from, to) = (Y(reached[i]), Y(reached[i] += part.Y));
                _svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Left + (step * (i + 0.12)):0.##}\" y=\"{to:0.##}\" width=\"{step * 0.76:0.##}\" height=\"{from - to:0.##}\" fill=\"{colour}\"><title>{Safe(Told(_chart.Series[s].Name, part))}</title></rect>\n");
            }

            Name(s, colour);
        }

        for (var i = 0; i < labels.Count; i++)
            Label(Left + (step * (i + 0.5)), labels[i], labels.Count);
    }

    private static string Told(string? series, ChartPoint point) =>
        series is null ? $"{point.Label}: {Scale.Name(point.Y)}" : $"{point.Label}, {series}: {Scale.Name(point.Y)}";

    // Beside the drawing, what a colour means.
    private void Name(int series, string colour)
    {
        if (_chart.Series[series].Name is not { } name)
            return;
        Line(Width - _right + 12, Top + (series * 20), Width - _right + 32, Top + (series * 20), colour, 3);
        Text(Width - _right + 38, Top + 4 + (series * 20), Cut(name, MaxLabel), "start", _ink.Text);
    }

    private void DrawLines()
    {
        var labels = _chart.Series.SelectMany(s => s.Points).Select(p => p.Label ?? "").Distinct().Order(StringComparer.Ordinal).ToList();
        var places = labels.Select((label, i) => (label, i)).ToDictionary(p => p.label, p => p.i, StringComparer.Ordinal);
        double At(string? label) => Left + ((Width - Left - _right) * (labels.Count == 1 ? 0.5 : (double)places[label ?? ""] / (labels.Count - 1)));
        var hasMarks = _chart.Series.Sum(s => s.Points.Count) <= MaxMarks;
        for (var s = 0; s < _chart.Series.Count; s++)
        {
            var series = _chart.Series[s];
            var colour = Colours[s % Colours.Length];
            var points = string.Join(' ', series.Points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{At(p.Label):0.##},{Y(p.Y):0.##}")));
            _svg.Append(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\"{points}\"><title>{Safe(series.Name ?? _chart.Y ?? "")}</title></polyline>\n");
            if (hasMarks)
            {
                foreach (var point in series.Points)
                    _svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{At(point.Label):0.##}\" cy=\"{Y(point.Y):0.##}\" r=\"3\" fill=\"{colour}\"><title>{Safe(Told(series.Name, point))}</title></circle>\n");
            }

            Name(s, colour);
        }

        var every = Math.Max(1, (int)Math.Ceiling(labels.Count / 12.0));
        for (var i = 0; i < labels.Count; i += every)
            Label(At(labels[i]), labels[i], labels.Count);
    }

    private void DrawDots(IReadOnlyList<ChartPoint> dots)
    {
        var x = Scale.Over(dots.Min(d => d.X ?? 0), dots.Max(d => d.X ?? 0), withZero: false);
        double At(double value) => Left + ((Width - Left - _right) * x.Share(value));
        foreach (var (tick, label) in x.Ticks.Zip(x.Labels))
            Text(At(tick), Height - Bottom + 18, label, "middle", _ink.Soft);
        foreach (var dot in dots)
            _svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{At(dot.X ?? 0):0.##}\" cy=\"{Y(dot.Y):0.##}\" r=\"3\" fill=\"{Colours[0]}\" fill-opacity=\"0.5\"><title>{Safe($"{Scale.Name(dot.X ?? 0)}, {Scale.Name(dot.Y)}")}</title></circle>\n");
    }

    private void Label(double x, string? label, int count)
    {
        var y = Height - Bottom + 16;
        if (count <= 8)
            Text(x, y, Cut(label ?? "", MaxLabel), "middle", _ink.Soft);
        else
            Text(x, y, Cut(label ?? "", MaxLabel), "end", _ink.Soft, Turned(x, y, -40));
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
