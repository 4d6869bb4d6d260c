using ProgressHub.Web.Components.Uploading;

namespace ProgressHub.Tests.Components.Uploading;

public sealed class AcceptRuleTests
{
    private const string Sound = "audio/*,video/*,.opus,.mkv";

    [Theory]
    [InlineData(Sound, "a.wav", "audio/wav", true)]
    [InlineData(Sound, "a.MKV", "application/octet-stream", true)]
    [InlineData(Sound, "a.pdf", "application/pdf", false)]
    [InlineData(Sound, "a.dat", "", true)] // whose type nobody knows is found out by its content
    [InlineData("image/png", "a.png", "IMAGE/PNG", true)]
    [InlineData("image/png", "a.jpg", "image/jpeg", false)]
    [InlineData(null, "a.pdf", "application/pdf", true)]
    public void A_dropped_file_is_held_to_what_the_field_accepts(string? accept, string name, string type, bool taken) =>
        Assert.Equal(taken, AcceptRule.Allows(accept, name, type));
}
