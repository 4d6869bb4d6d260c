namespace ProgressHub.Web.Components.Shared;

/// <summary>An identifier, shortened, that is copied at a click.</summary>
public sealed partial class CopyChip
{
    private const int Shown = 8;

    private string Short => Text.Length > Shown ? $"{Text[..Shown]}…" : Text;
}
