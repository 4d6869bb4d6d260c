namespace ProgressHub.Tool.Commands;

/// <summary>Exit codes of our own, as in sysexits.h; all others are those of the command or of the job.</summary>
internal static class ExitCode
{
    public const int Failed = 1;
    public const int Canceled = 2;
    public const int Usage = 64;
    public const int NoInput = 66;
    public const int Unavailable = 69;
}
