using System.Globalization;
using System.Text;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Workloads.Analysis;

/// <summary>Files as people make them, several oddities at once: each is read right, or says that it is unsure.</summary>
public sealed class NastyFileTests
{
    static NastyFileTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("item,price\nA,\"EUR 1.200,50\"\nB,\"EUR 3,00\"\n", "SELECT sum(price) FROM data", "1203.5")]
    [InlineData("item;betrag\nA;1.200,50 CHF\nB;99,75 CHF\n", "SELECT sum(betrag) FROM data", "1300.25")]
    [InlineData("item;chf\nA;1’234.50\nB;2'000.25\n", "SELECT sum(chf) FROM data", "3234.75")]
    [InlineData("item,v\na,\"12,34,567.50\"\nb,\"1,00,000.25\"\n", "SELECT sum(v) FROM data", "1334567.75")]
    [InlineData("item,amount\na,(5.50)\nb,10.00\nc,\"(1,000.25)\"\n", "SELECT sum(amount) FROM data", "-995.75")]
    [InlineData("item,amount\na,5.50-\nb,10.00\nc,1.25-\n", "SELECT sum(amount) FROM data", "3.25")]
    [InlineData("n,v\n12345678901234567.89,1\n0.01,2\n", "SELECT CAST(sum(n) AS VARCHAR) FROM data", "12345678901234567.90")]
    [InlineData("id,v\n9007199254740993,1\n9007199254740992,2\n", "SELECT CAST(max(id) AS VARCHAR) FROM data", "9007199254740993")]
    [InlineData("n,v\n12345678901234567890123,1\n2,2\n", "SELECT CAST(sum(n) AS VARCHAR) FROM data", "12345678901234567890125")]
    [InlineData("sku,v\n12E3,1\n13E4,2\n9E10,3\n", "SELECT sku FROM data WHERE v = 1", "12E3")]
    [InlineData("zip,v\n01234,1\n98101,2\n", "SELECT zip FROM data WHERE v = 1", "01234")]
    [InlineData("order date,amount\n45292,10\n45293,20\n45323,30\n", "SELECT sum(amount) FROM data WHERE month(\"order date\") = 1", "30")]
    [InlineData("day,v\n31.01.2024,1\n2024-02-15,2\n28/02/2024,3\n", "SELECT sum(v) FROM data WHERE month(day) = 2", "5")]
    [InlineData("Tag;v\n5. Januar 2024;1\n12. März 2024;2\n", "SELECT sum(v) FROM data WHERE month(Tag) = 3", "2")]
    [InlineData("jour;v\n5 janvier 2024;1\n12 août 2024;2\n", "SELECT sum(v) FROM data WHERE month(jour) = 8", "2")]
    [InlineData("\"sep=;\"\nname;v\na;1\nb;2\n", "SELECT sum(v) FROM data", "3")]
    [InlineData("region,product,amount\nN,a,1\nN,b,2\nN Total,,3\nS,a,4\nS,b,5\nS Total,,9\nGrand Total,,12\n", "SELECT sum(amount) FROM data", "12")]
    [InlineData("company,revenue\nShell,10\nTotal,30\nBP,20\n", "SELECT sum(revenue) FROM data", "60")]
    [InlineData("ville;montant\nLyon;1,5\nParis;2,5\nTOTAL GÉNÉRAL;4\n", "SELECT sum(montant) FROM data", "4")]
    [InlineData("country,v,w\nNA,1,NA\nDE,NA,2\nFR,3,n/a\nUS,5,-\nNA,7,7\n", "SELECT sum(v) FROM data WHERE country = 'NA'", "8")]
    [InlineData("#charset=utf-8\na;b\n1;2\n3;4\n", "SELECT sum(b) FROM data", "6")]
    [InlineData("region,amount\nN,1\nS,2\n\nSource: own data\n", "SELECT count(*) FROM data", "2")]
    [InlineData("country,2021,2022,2023\nDE,1,2,3\nFR,4,5,6\n", "SELECT sum(\"2023\") FROM data", "9")]
    [InlineData("Region,Q1,,Q2,\n,units,eur,units,eur\nNorth,1,10.5,2,20.5\nSouth,3,30.5,4,40.5\n", "SELECT count(*) FROM data", "2")]
    public void It_is_read_as_it_is_meant(string text, string sql, string wanted)
    {
        using var table = new TableFile(text);

        Assert.Equal(wanted, Shown(table.Value(sql)));
    }

    [Theory]
    [InlineData("gbk", "城市,金额\n北京,10\n上海,20\n广州,5\n", "SELECT \"金额\" FROM data WHERE \"城市\" = '上海'", "20")]
    [InlineData("big5", "城市,金額\n臺北,10\n高雄,20\n臺中,5\n", "SELECT \"金額\" FROM data WHERE \"城市\" = '高雄'", "20")]
    [InlineData("shift_jis", "店舗,売上\n東京,10\n大阪,20\n札幌,5\n", "SELECT \"売上\" FROM data WHERE \"店舗\" = '大阪'", "20")]
    [InlineData("utf-16", "name,v\nÄpfel,1\nÖl,2\n", "SELECT v FROM data WHERE name = 'Öl'", "2")]
    [InlineData("windows-1251", "город,сумма\nМосква,10\nКазань,20\nТомск,5\n", "SELECT \"сумма\" FROM data WHERE \"город\" = 'Казань'", "20")]
    public void Its_encoding_is_found(string encoding, string text, string sql, string wanted)
    {
        using var table = new TableFile(Encoding.GetEncoding(encoding).GetBytes(text));

        Assert.Equal(wanted, Shown(table.Value(sql)));
    }

    [Theory]
    [InlineData("item,price\nA,$5.00\nB,€6.00\nC,$7.00\n", "mixes")]
    [InlineData("item,price\nA,5.00 USD\nB,6.00 EUR\nC,7.00 USD\n", "mixes")]
    [InlineData("day,v\n01/02/2024,1\n03/04/2024,2\n", "both ways")]
    [InlineData("day,v\n13/01/2024,1\n01/13/2024,2\n", "order")]
    [InlineData("item;v\na;1,000\nb;12,500\n", "both ways")]
    [InlineData("Sales,Sales,Costs,Costs\n2023,2024,2023,2024\n10,20,5,6\n", "does not look like names")]
    [InlineData("n,v\n1234567890123456789012345.12345678,1\n1.5,2\n", "rounded")]
    public void It_says_that_it_is_unsure(string text, string word)
    {
        using var table = new TableFile(text);

        Assert.Contains(table.Profile.Warnings.Concat(table.Profile.Reading?.Notes ?? []), note => note.Contains(word, StringComparison.Ordinal));
    }

    private static string Shown(object? value) => value switch
    {
        decimal exact => exact.ToString("0.############################", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };
}
