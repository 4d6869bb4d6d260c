using System.Text;

namespace ProgressHub.Core.Storage;

/// <summary>The form in which titles are searched: in any script, upper and lower case are the same.</summary>
internal static class TitleFolding
{
    /// <summary>
    /// Composes and upper-cases. Upper, because it unites letters with two lower-case forms (the Greek final sigma). A
    /// lone surrogate, which is no character, becomes U+FFFD: it could be neither composed nor stored.
    /// </summary>
    public static string Fold(string text) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\uFFFE', '\uFFFD').Normalize(NormalizationForm.FormC).ToUpperInvariant();
}
