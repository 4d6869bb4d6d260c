using System.Text;

namespace ProgressHub.Tests.Workloads.Knowledge.Documents;

public sealed class PdfDocumentTests
{
    [Fact]
    public void Pages_keep_their_numbers()
    {
        var document = Reading.One("paper.pdf", Written.Pdf([(50, 700, "The lamp burns.")], [(50, 700, "The horn is blown.")]));

        Assert.Equal([(1, "The lamp burns."), (2, "The horn is blown.")], document.Sections.Select(s => (s.Page!.Value, s.Text)));
        Assert.Equal("paper", document.Title);
    }

    [Fact]
    public void Two_columns_are_read_one_after_the_other_though_they_were_drawn_line_by_line()
    {
        (double, double, string)[] page =
        [
            (50, 780, "A headline that runs over both of the columns of this page, as headlines do"),
            .. Enumerable.Range(0, 20).SelectMany(i => new[] { (50.0, 740.0 - (14 * i), $"left line {i} of words"), (320.0, 740.0 - (14 * i), $"right line {i} of words") }),
        ];

        var text = Reading.One("paper.pdf", Written.Pdf(page)).Sections.Single().Text;

        var expected = Enumerable.Range(0, 20).Select(i => $"left line {i} of words").Concat(Enumerable.Range(0, 20).Select(i => $"right line {i} of words"));
        Assert.Equal(expected, text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1));
    }

    [Fact]
    public void Scanned_pages_are_told_and_a_wholly_scanned_file_is_refused()
    {
        var (items, notes) = Reading.With("part.pdf", Written.Pdf([(50, 700, "Words.")], [], [], [(50, 700, "More.")], []));

        Assert.Equal([1, 4], Assert.Single(items).Document!.Sections.Select(s => s.Page!.Value));
        Assert.StartsWith("Pages 2–3, 5 of 5 hold pictures", notes.Warning, StringComparison.Ordinal);
        Assert.Equal("scanned_document", Assert.Single(Reading.Of("scan.pdf", Written.Pdf([], []))).Fault!.Code);
    }

    [Fact]
    public void A_file_without_its_table_of_objects_is_still_read()
    {
        const string pdf = """
            %PDF-1.4
            1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
            2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
            3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>endobj
            4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
            5 0 obj<</Length 55>>stream
            BT /F 12 Tf 10 50 Td (Returns within thirty days.) Tj ET
            endstream endobj
            trailer<</Root 1 0 R>>
            %%EOF
            """;

        Assert.Equal("Returns within thirty days.", Reading.One("a.pdf", Encoding.ASCII.GetBytes(pdf.ReplaceLineEndings("\n"))).Sections.Single().Text);
    }

    [Fact]
    public void A_file_cut_short_says_so()
    {
        var whole = Written.Pdf([(50, 700, "Words.")]);

        Assert.Equal("invalid_pdf", Assert.Single(Reading.Of("a.pdf", whole[..60])).Fault!.Code);
    }

    [Fact]
    public void Of_a_file_without_its_end_what_is_there_is_read_and_the_rest_is_said_to_be_missing()
    {
        const string pdf = """
            %PDF-1.4
            1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
            2 0 obj<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>endobj
            3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>endobj
            4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
            5 0 obj<</Length 55>>stream
            BT /F 12 Tf 10 50 Td (Returns within thirty days.) Tj ET
            endstream endobj
            """;

        var (items, notes) = Reading.With("a.pdf", Encoding.ASCII.GetBytes(pdf.ReplaceLineEndings("\n")));

        Assert.Equal("Returns within thirty days.", Assert.Single(items).Document!.Sections[0].Text);
        Assert.StartsWith("The end of the file is missing", notes.Warning, StringComparison.Ordinal);
    }
}
