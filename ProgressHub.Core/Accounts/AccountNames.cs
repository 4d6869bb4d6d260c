using System.Text;
using System.Text.RegularExpressions;

namespace ProgressHub.Core.Accounts;

/// <summary>The names one signs in with.</summary>
internal static partial class AccountNames
{
    /// <summary>What a name is made of, for a person.</summary>
    public const string Rule = "A name has 1 to 64 letters, digits, or any of . _ - + @";

    /// <summary>Whether a text may be one.</summary>
    public static bool IsValid(string name) => Allowed().IsMatch(name);

    /// <summary>The form in which two names are the same one: case, width and composition do not count.</summary>
    public static string Fold(string name) => name.Normalize(NormalizationForm.FormKC).ToUpperInvariant();

    [GeneratedRegex(@"\A[\p{L}\p{M}\p{Nd}._+@-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Allowed();
}
