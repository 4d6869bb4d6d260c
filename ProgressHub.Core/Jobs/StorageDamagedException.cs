namespace ProgressHub.Core.Jobs;

/// <summary>What the store gives back is not what was written to it.</summary>
public sealed class StorageDamagedException(string message) : Exception(message)
{
    /// <summary>Its stable code.</summary>
    public const string Code = "data_damaged";
}
