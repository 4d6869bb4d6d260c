using System.Text;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Transcription.Audio;

namespace ProgressHub.Tests.Workloads.Transcription.Audio;

public sealed class AudioContainerTests
{
    [Theory]
    [InlineData("wav", "wav", true)]
    [InlineData("mp3", "mp3", true)]
    [InlineData("ogg", "ogg", false)]
    [InlineData("opus", "ogg", false)]
    [InlineData("flac", "flac", true)]
    [InlineData("m4a", "mov", true)]
    [InlineData("mov", "mov", false)]
    [InlineData("webm", "matroska", true)]
    [InlineData("mka", "matroska", false)]
    [InlineData("aac", "aac", true)]
    [InlineData("aiff", "aiff", false)]
    [InlineData("au", "au", false)]
    [InlineData("caf", "caf", false)]
    [InlineData("avi", "avi", false)]
    [InlineData("wma", "asf", false)]
    [InlineData("flv", "flv", false)]
    [InlineData("ts", "mpegts", false)]
    [InlineData("w64", "w64", false)]
    [InlineData("mp2", "mp3", true)]
    [InlineData("wv", "wv", false)]
    public async Task What_ffmpeg_writes_is_known_by_its_bytes(string extension, string demuxer, bool plays)
    {
        // FLV takes few sample rates.
        var bytes = await AlsaSpeech.EncodeAsync(extension, "-ar", extension == "webm" || extension == "opus" ? "48000" : "44100", "-t", "3");

        var container = AudioContainer.Of(bytes.AsSpan(0, Math.Min(bytes.Length, AudioContainer.HeadBytes)));

        Assert.Equal(demuxer, container?.Demuxer);
        Assert.Equal(plays, container!.PlaysInBrowsers);
    }

    [Theory]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/passwd\n")]
    [InlineData("#EXTM3U\nhttp://127.0.0.1:1/a.mp3\n")]
    [InlineData("[playlist]\nFile1=/etc/passwd\n")]
    [InlineData("ffconcat version 1.0\nfile '/etc/passwd'\n")]
    [InlineData("<?xml version=\"1.0\"?><MPD></MPD>")]
    [InlineData("<asx version=\"3.0\"><ref href=\"http://127.0.0.1:1/\"/></asx>")]
    [InlineData("v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n")]
    [InlineData("Just words.")]
    [InlineData("PK\u0003\u0004zip")]
    [InlineData("%PDF-1.7")]
    [InlineData("\u0089PNG\r\n\u001a\n")]
    [InlineData("\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF")]
    [InlineData("\u00ff\u00feh\0e\0l\0l\0o\0")]
    [InlineData("RIFF\u0010\0\0\0WEBPVP8 ")]
    [InlineData("")]
    public void Playlists_texts_pictures_and_archives_are_not_audio(string text) =>
        Assert.Null(AudioContainer.Of(Encoding.Latin1.GetBytes(text)));

    [Fact]
    public void Noise_is_not_audio()
    {
        var random = new Random(11);
        var found = 0;
        for (var round = 0; round < 2000; round++)
        {
            var bytes = new byte[4096];
            random.NextBytes(bytes);
            found += AudioContainer.Of(bytes) is null ? 0 : 1;
        }

        Assert.InRange(found, 0, 2);
    }
}
