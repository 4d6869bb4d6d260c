namespace ProgressHub.Web.Components.Shared;

/// <summary>Text to be copied as it is, such as commands.</summary>
public sealed partial class CopyText
{
    private readonly string _id = $"copy-{Guid.NewGuid():N}";
}
