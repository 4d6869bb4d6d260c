using System.Globalization;
using System.Text.RegularExpressions;
using Bunit;
using ProgressHub.Web.Components.Sharing;
using ZXing.Common;
using ZXing.QrCode.Internal;

namespace ProgressHub.Tests.Components.Sharing;

public sealed partial class QrCodeTests : ComponentTest
{
    private const int Margin = 4;

    [Theory]
    [InlineData("http://localhost:5080/watch/5f0c0000000000000000000000000001")]
    [InlineData("https://progress.example.org/teams/harbour/s/gQ7d3m-PZr4nV1sYwq0cTj8uLxE2aKfB5hRi9oNb6tM")]
    public void A_reader_reads_the_text_back(string text)
    {
        var code = Render<QrCode>(parameters => parameters.Add(c => c.Text, text).Add(c => c.Label, "The address as a QR code"));

        var side = int.Parse(code.Find("svg").GetAttribute("viewBox")!.Split(' ')[2], CultureInfo.InvariantCulture) - 2 * Margin;
        var dots = new BitMatrix(side);
        foreach (Match dot in Dot().Matches(code.Find("path").GetAttribute("d")!))
            dots[Number(dot, "x") - Margin, Number(dot, "y") - Margin] = true;
        Assert.Equal(text, new Decoder().decode(dots, null)?.Text);
    }

    private static int Number(Match dot, string name) => int.Parse(dot.Groups[name].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"M(?<x>\d+) (?<y>\d+)h1")]
    private static partial Regex Dot();
}
