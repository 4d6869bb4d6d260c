using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using ProgressHub.Core.Sharing;

namespace ProgressHub.AspNetCore.Secrets;

/// <summary>
/// The keys of all servers on one PostgreSQL: what one protects, any of them opens. A server that has kept keys in files brings
/// them along.
/// </summary>
/// <param name="keys">Where they are kept.</param>
/// <param name="files">Those that this server has kept in its data directory.</param>
internal sealed class SharedKeyRing(SharedKeys keys, IXmlRepository files) : IXmlRepository
{
    private const string Prefix = "ring/";
    private const string Key = "key";
    private const string ExpirationDate = "expirationDate";

    // Whoever adds this one makes the first key of the ring. Two that each made one would not know the other's for a day.
    private const string Begun = "ring-begun";

    private static readonly TimeSpan FirstKeyWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    // Where it fails, such as for a database that is away, it is done the next time.
    private readonly Lazy<bool> _takenOver = new(() => TakeOver(keys, files), LazyThreadSafetyMode.PublicationOnly);

    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        _ = _takenOver.Value;
        var ring = Read();
        if (ring.Count > 0 || keys.TryAdd(Begun, []))
            return ring;

        // Should that one have died on the way, this one makes the key instead.
        using var pause = new ManualResetEventSlim();
        for (var waited = TimeSpan.Zero; ring.Count == 0 && waited < FirstKeyWithin; waited += Look)
        {
            pause.Wait(Look);
            ring = Read();
        }

        return ring;
    }

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName) => keys.TryAdd(NameOf(element), Write(element));

    /// <summary>
    /// Adds the keys of files. Where others have a ring already, theirs goes on protecting, and these only open what they have
    /// protected: a server that runs would not learn of another one for a day.
    /// </summary>
    public static bool TakeOver(SharedKeys keys, IXmlRepository files)
    {
        var own = files.GetAllElements();
        if (own.Count > 0)
        {
            keys.AddBy(Prefix, areFirst => own.Select(element =>
                (NameOf(element), Write(areFirst ? element : Expired(element)))));
        }

        return own.Count > 0;
    }

    private List<XElement> Read() => [.. keys.List(Prefix).Select(value => XElement.Parse(Encoding.UTF8.GetString(value)))];

    private static XElement Expired(XElement element)
    {
        var expired = new XElement(element);
        if (expired.Name == Key && expired.Element(ExpirationDate) is { } end)
            end.Value = expired.Element("activationDate")?.Value ?? end.Value;
        return expired;
    }

    private static string NameOf(XElement element) => element.Name == Key && (string?)element.Attribute("id") is { } id
        ? $"{Prefix}key-{id}"
        : $"{Prefix}{element.Name.LocalName}-{Convert.ToHexStringLower(SHA256.HashData(Write(element)))}";

    private static byte[] Write(XElement element) => Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting));
}
