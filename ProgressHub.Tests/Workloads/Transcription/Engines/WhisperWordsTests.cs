using ProgressHub.Workloads.Transcription.Engines;

namespace ProgressHub.Tests.Workloads.Transcription.Engines;

public sealed class WhisperWordsTests
{
    [Theory]
    [InlineData(" Hello, world!", " Hel|lo|,| world|!", "Hello,|world!")]
    [InlineData(" It's 3.5 km", " It|'s| 3|.|5| km", "It's|3.5|km")]
    [InlineData("你好，世界", "你|好|，|世界", "你|好，|世界")]
    [InlineData("你叫Tom吗", "你|叫|Tom|吗", "你|叫|Tom|吗")]
    [InlineData(" Žofie 😀 yes", " \uFFFD|\uFFFD|of|ie| \uFFFD|\uFFFD| yes", "Žofie|😀|yes")]
    [InlineData(" a", " a|\uFFFD", "a")]
    [InlineData("", "", "")]
    public void Tokens_become_words(string text, string tokens, string words)
    {
        var timed = tokens.Split('|', StringSplitOptions.RemoveEmptyEntries).Select((token, i) => new TimedToken(token, i, i + 1));

        var made = WhisperWords.Of(text, timed);

        Assert.Equal(words.Split('|', StringSplitOptions.RemoveEmptyEntries), made.Select(w => w.Text));
        Assert.All(made, word => Assert.True(word.End >= word.Start));
    }

    [Fact]
    public void A_word_lasts_from_its_first_token_to_its_last()
    {
        var words = WhisperWords.Of(" centre left", [new(" cen", 1, 1.2), new("tre", 1.2, 1.5), new(" left", 2, 2.4)]);

        Assert.Equal([new SpokenWord("centre", 1, 1.5), new SpokenWord("left", 2, 2.4)], words);
    }
}
