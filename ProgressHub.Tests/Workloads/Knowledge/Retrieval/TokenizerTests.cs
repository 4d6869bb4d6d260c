using ProgressHub.Workloads.Inference;
using ProgressHub.Workloads.Knowledge.Indexing;

namespace ProgressHub.Tests.Workloads.Knowledge.Retrieval;

public sealed class TokenizerTests
{
    [Theory]
    [InlineData("Lamps, LAMP and ｌａｍｐ", "lamp lamp lamp")]
    [InlineData("the keeper's glass", "keeper glass")]
    [InlineData("what does this cost, and how has it risen", "cost risen")]
    [InlineData("stories boxes buses", "story boxe buse")]
    [InlineData("雨過橋晴", "雨过 过桥 桥晴")]
    [InlineData("雨过桥晴", "雨过 过桥 桥晴")]
    [InlineData("月", "月")]
    [InlineData("A月B", "月 b")]
    [InlineData("第四十籤", "第 40 签")]
    [InlineData("café ①", "café 1")]
    [InlineData("", "")]
    public void A_text_is_cut_into_words_and_neighbouring_characters(string text, string terms) =>
        Assert.Equal(terms, string.Join(' ', Tokenizer.Terms(text)));

    [Theory]
    [InlineData("運費由誰承擔", "运费由谁承担"), InlineData("倉庫的電話號碼", "仓库的电话号码"), InlineData("頭髮與發展", "头发与发展")]
    [InlineData("裏面", "裡面"), InlineData("羣眾", "群衆"), InlineData("爲什麼", "為什麼"), InlineData("臺灣", "台湾"), InlineData("鍾鐘", "钟钟")]
    public void Characters_of_one_word_in_two_scripts_are_the_same(string one, string other)
    {
        Assert.Equal(ChineseVariants.Fold(one), ChineseVariants.Fold(other));
        Assert.Equal(Tokenizer.Terms(one), Tokenizer.Terms(other));
        Assert.NotEqual(one, other);
    }

    [Theory]
    [InlineData("Lamp"), InlineData(""), InlineData("运费"), InlineData("ひらがな 한국"), InlineData("𠮷")]
    public void What_has_no_other_form_stays_as_it_is(string text) => Assert.Equal(text, ChineseVariants.Fold(text));

    [Fact]
    public void The_table_of_characters_is_there_in_full() => Assert.InRange(ChineseVariants.Count, 2500, 4000);

    [Fact]
    public void Half_a_surrogate_pair_is_no_reason_to_fail() => Assert.Equal(["ab", "c"], Tokenizer.Terms("ab \ud83d c"));

    [Theory]
    [InlineData("一", 1), InlineData("十", 10), InlineData("十七", 17), InlineData("四十", 40), InlineData("九十九", 99), InlineData("一百", 100)]
    [InlineData("一百零三", 103), InlineData("二千三百四十五", 2345), InlineData("四〇", 40), InlineData("廿五", 25), InlineData("兩百", 200), InlineData("两百", 200)]
    [InlineData("四十四十", null), InlineData("十百", null), InlineData("", null), InlineData("月", null), InlineData("四五十", null)]
    public void Chinese_numerals_have_their_value(string numeral, int? value) => Assert.Equal(value, ChineseNumerals.Parse(numeral));

    [Theory]
    [InlineData("第40籤說什麼？", 40), InlineData("第四十籤", 40), InlineData("請解四十號籤", 40), InlineData("４０籤", 40)]
    [InlineData("What does number 40 say?", 40), InlineData("verse 40", 40), InlineData("No. 40, please", 40), InlineData("#40", 40)]
    [InlineData("the 40th verse", 40), InlineData("40", 40), InlineData("第40", 40), InlineData("第 40 的詩", 40), InlineData("第四十首詩", 40)]
    public void Whoever_names_a_number_means_it(string question, int number) =>
        Assert.Equal([number], NumberReferences.In(CjkText.Fold(question)));

    [Theory]
    [InlineData("40 people came in 1990"), InlineData("no idea"), InlineData("number 4.5"), InlineData("casino 40"), InlineData("十分高興"), InlineData("")]
    [InlineData("我第一次面試會順利嗎"), InlineData("12號的面試"), InlineData("on the 5th of June"), InlineData("第二天出發")]
    public void A_number_that_merely_occurs_names_nothing(string question) =>
        Assert.Empty(NumberReferences.In(CjkText.Fold(question)));
}
