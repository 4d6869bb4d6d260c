namespace ProgressHub.Tests.Support;

/// <summary>A test that needs Debian's Chromium.</summary>
public sealed class ChromiumFactAttribute : FactAttribute
{
    public const string Chromium = "/usr/bin/chromium";

    public ChromiumFactAttribute()
    {
        if (!File.Exists(Chromium))
            Skip = $"{Chromium} is not installed.";
    }
}
