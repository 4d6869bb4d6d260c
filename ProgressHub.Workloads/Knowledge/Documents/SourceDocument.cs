using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>A document as it was read, before it is cut.</summary>
/// <param name="Id">Its identity within a collection: the same id again replaces it.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Sections">Its text, by headings where it has some.</param>
/// <param name="Attributes">What else is known of it, such as <c>number</c>; keys in lower case.</param>
internal sealed record SourceDocument(
    string Id, string Title, IReadOnlyList<Section> Sections, IReadOnlyDictionary<string, string> Attributes)
{
    public const int MaxIdCharacters = 200;
    public const int MaxTitleCharacters = 300;

    /// <summary>How long its text is, in characters.</summary>
    public int Length => Sections.Sum(section => section.Text.Length);

    /// <summary>Tells whether it has changed since it was taken in.</summary>
    public string ContentHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(Title);
        foreach (var section in Sections)
        {
            Add(section.Heading ?? "");
            Add(section.Header ?? "");
            Add(section.Text);
            Add(string.Create(CultureInfo.InvariantCulture, $"{section.Kind} {section.Page} {section.Line}"));
        }

        foreach (var (key, value) in Attributes.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            Add(key);
            Add(value);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Add(string part)
        {
            hash.AppendData(BitConverter.GetBytes(part.Length));
            hash.AppendData(Encoding.UTF8.GetBytes(part));
        }
    }
}
