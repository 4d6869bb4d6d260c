using ProgressHub.Workloads.Transcription;

namespace ProgressHub.Tests.Workloads.Transcription;

public sealed class SpokenLanguageTests
{
    [Theory]
    [InlineData("German", "de")]
    [InlineData("deutsch", "de")]
    [InlineData("DEUTSCH ", "de")]
    [InlineData("deu", "de")]
    [InlineData("de", "de")]
    [InlineData("de-DE", "de-DE")]
    [InlineData("español", "es")]
    [InlineData("Mandarin", "zh")]
    [InlineData("中文", "zh")]
    [InlineData("Norwegian", "no")]
    [InlineData("auto", null)]
    [InlineData("", null)]
    [InlineData("Klingon", "Klingon")]
    public void A_language_is_known_by_its_code_and_its_name(string said, string? code) =>
        Assert.Equal(code, SpokenLanguage.Normalize(said));

    [Theory]
    [InlineData("de", "de")]
    [InlineData("nb", "no")]
    [InlineData("jv", "jw")]
    [InlineData("yue", "yue")]
    [InlineData("xx", null)]
    [InlineData(null, null)]
    public void Whisper_has_codes_of_its_own(string? code, string? whispers) => Assert.Equal(whispers, SpokenLanguage.CodeForWhisper(code));
}
