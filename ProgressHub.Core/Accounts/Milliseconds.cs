namespace ProgressHub.Core.Accounts;

/// <summary>Moments as the database has them: milliseconds since 1970, UTC.</summary>
internal static class Milliseconds
{
    public static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    public static DateTimeOffset? At(long? milliseconds) => milliseconds is { } number ? At(number) : null;
}
