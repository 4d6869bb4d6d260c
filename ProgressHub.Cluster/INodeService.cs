using Orleans.Concurrency;
using Orleans.Services;

namespace ProgressHub.Cluster;

/// <summary>What nodes ask of one another. It only ever gains methods, and payloads are bytes, so that old and new nodes work together.</summary>
internal interface INodeService : IGrainService
{
    /// <summary>Takes a <see cref="RelayBatch"/>.</summary>
    Task Deliver([Immutable] byte[] batch);

    /// <summary>Notes what is watched at a node.</summary>
    /// <param name="from">The node.</param>
    /// <param name="topics">What: see <see cref="Topic"/>.</param>
    /// <param name="areAll">Whether these are all; else they come to those that were named before.</param>
    Task Interest(SiloAddress from, [Immutable] string[] topics, bool areAll);

    /// <summary>A job waits.</summary>
    [OneWay]
    Task Wake();

    /// <summary>Whether this node reaches the database now.</summary>
    Task<bool> ReachesDatabase();

    /// <summary>Asks for the end of a job that runs here; false where it does not.</summary>
    Task<bool> Cancel(string job);

    /// <summary>Answers a job that runs here; null, or the code and the words of why not.</summary>
    Task<string[]?> Answer(string job, string requestId, string answer);

    /// <summary>Changes the tags of a job that runs here; null, or the code and the words of why not.</summary>
    Task<string[]?> Tag(string job, string[] add, string[] remove);

    /// <summary>Takes a program's report for a job that runs here; its answer, or null where no attempt takes it here.</summary>
    Task<byte[]?> Report(string job, [Immutable] byte[] report);
}
