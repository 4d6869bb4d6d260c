using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ProgressHub.Cluster;

/// <summary>
/// Rendezvous hashing (Thaler and Ravishankar, "Using Name-Based Mappings to Increase Hit Rates", 1998): all who know the same nodes
/// choose the same one for a key, and where a node comes or goes, only its own keys move.
/// </summary>
internal static class Rendezvous
{
    /// <summary>The node for a key; null where there is none.</summary>
    public static string? Choose(string key, IEnumerable<string> nodes) =>
        nodes.OrderByDescending(node => Weight(key, node)).ThenBy(static node => node, StringComparer.Ordinal).FirstOrDefault();

    private static ulong Weight(string key, string node) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{node}\n{key}")));
}
