using System.Text;

namespace ProgressHub.Tests.Workloads.Knowledge.Documents;

public sealed class EncodingTests
{
    private const string German = "Die Wärterin prüft täglich die Öllampe und schließt das große Fenster über der Tür, bevor der Sturm aufzieht.";
    private const string Polish = "Latarnik codziennie sprawdza światło, oliwi łożyska i zapisuje wszystko w dzienniku. Źródło ciepła jest zgaszone, żółta łódź śpi.";
    private const string Czech = "Strážce majáku každý večer rozsvítí světlo, zkontroluje čočku a zapíše do deníku, že všechno běží, jak má. Příští týden přijede člun.";
    private const string Russian = "Смотритель каждый вечер зажигает огонь на башне, проверяет масло и записывает погоду в журнал. Утром приходит почта.";
    private const string Chinese = "守灯人每天晚上点亮灯塔，检查机油，并把天气写进日志。早上邮船会来，带来报纸和面包。";
    private const string Traditional = "守燈人每天晚上點亮燈塔，檢查機油，並把天氣寫進日誌。早上郵船會來，帶來報紙和麵包。";
    private const string Japanese = "灯台守は毎晩灯りをともし、油を確かめ、天気を日誌に書きます。朝になると郵便船が来て、新聞とパンを届けます。";
    private const string Korean = "등대지기는 매일 저녁 불을 켜고 기름을 확인하며 날씨를 일지에 적습니다. 아침이면 우편선이 신문과 빵을 가져옵니다.";
    private const string Turkish = "Fener bekçisi her gece lambayı yakar. Gemiler limana döner, ışığı görürler.";
    private const string Greek = "Ο φαροφύλακας ανάβει το φως κάθε βράδυ, ελέγχει το λάδι και γράφει τον καιρό στο ημερολόγιο.";

    static EncodingTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData(German, 1252), InlineData(Polish, 1250), InlineData(Czech, 1250), InlineData(Russian, 1251), InlineData(Russian, 20866)]
    [InlineData(Russian, 866), InlineData(Russian, 28595), InlineData(Polish, 28592), InlineData(Chinese, 936), InlineData(Chinese, 54936)]
    [InlineData(Traditional, 950), InlineData(Japanese, 932), InlineData(Japanese, 51932), InlineData(Korean, 949), InlineData(Greek, 1253)]
    [InlineData(German, 28591), InlineData(Russian, 65001), InlineData(Chinese, 1200), InlineData(Chinese, 1201)]
    [InlineData(Turkish, 1254), InlineData(Japanese, 50220), InlineData(German, 12000), InlineData(German, 12001)]
    public void A_text_is_read_in_the_encoding_that_it_has(string text, int page)
    {
        var encoding = Encoding.GetEncoding(page);
        byte[] bytes = page is 1200 or 1201 or 12000 or 12001 ? [.. encoding.GetPreamble(), .. encoding.GetBytes(text)] : encoding.GetBytes(text);

        var (items, notes) = Reading.With("notes.txt", bytes);

        Assert.Equal(text, Assert.Single(items).Document!.Sections[0].Text);
        Assert.Equal(page == 65001, notes.Encoding is null);
    }

    [Fact]
    public void A_few_broken_bytes_do_not_make_another_encoding_of_UTF_8()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("Der Wärter prüft die Lampe.\nÖl "), 0xFF, .. Encoding.UTF8.GetBytes(" für die Tür.")];

        var (items, notes) = Reading.With("notes.txt", bytes);

        Assert.Contains("prüft die Lampe", Assert.Single(items).Document!.Sections[0].Text, StringComparison.Ordinal);
        Assert.Null(notes.Encoding);
        Assert.Contains("line 2", notes.Warning, StringComparison.Ordinal);
    }
}
