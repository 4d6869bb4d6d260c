namespace ProgressHub.Tool;

/// <summary>The command line makes no sense; says what would.</summary>
internal sealed class UsageException(string message) : Exception(message);
