#pragma warning disable CA1822,CA1305
using System.Security.Claims;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
namespace ProgressHub.Web.Security
{
    internal interface ICallerIdentity { string OwnerOf(ClaimsPrincipal? user); }
    internal sealed class LocalCaller : ICallerIdentity { public string OwnerOf(ClaimsPrincipal? user) => "local"; }
    internal sealed class WatcherLimiter { private sealed class N : IDisposable { public void Dispose() { } } private static readonly N One = new(); public IDisposable? TryEnter(string owner, JobId? id) => One; }
}
namespace ProgressHub.Web.Jobs
{
    internal static class JobProblems
    {
        public static async Task<IResult> AbsentAsync(JobService jobs, JobId id, string owner, CancellationToken c) => await jobs.WasPurgedAsync(id, owner, c) ? TypedResults.StatusCode(410) : TypedResults.NotFound();
        public static IResult TooManyWatchers() => TypedResults.StatusCode(429);
    }
}
