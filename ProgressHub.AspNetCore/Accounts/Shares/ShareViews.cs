using System.Text.Json.Serialization;
using ProgressHub.Core.Accounts;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Accounts.Shares;

/// <summary>What who a job is shared with may do.</summary>
internal enum ShareRight
{
    /// <summary>See how it goes and what comes of it.</summary>
    Read,

    /// <summary>See its input too; cancel, retry, answer, delete and share it.</summary>
    Manage,
}

/// <summary>A share that is wanted.</summary>
/// <param name="Account">With whom: the name or the id of an account; missing for a link that anybody may open.</param>
/// <param name="Right">What they may do; whoever has a link reads.</param>
/// <param name="ExpiresAt">When it ends by itself; missing for never, and of a link for a week.</param>
internal sealed record NewShare(string? Account = null, ShareRight Right = ShareRight.Read, DateTimeOffset? ExpiresAt = null);

/// <summary>Somebody with an account.</summary>
/// <param name="Id">Their account's id.</param>
/// <param name="Name">What they are called; null where the account is gone.</param>
internal sealed record PersonView(string Id, string? Name)
{
    public static PersonView Of(string id, IReadOnlyDictionary<string, Account> accounts) => new(id, accounts.GetValueOrDefault(id)?.Name);
}

/// <summary>Somebody who opened a link.</summary>
/// <param name="Account">Who it was; missing for somebody who had not signed in.</param>
/// <param name="Address">Where they came from, the last time.</param>
/// <param name="FirstAt">When they opened it first.</param>
/// <param name="LastAt">When they opened it last.</param>
/// <param name="Opens">How often.</param>
internal sealed record OpeningView(PersonView? Account, string? Address, DateTimeOffset FirstAt, DateTimeOffset LastAt, long Opens);

/// <summary>A share of a job.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Account">With whom; missing of a link.</param>
/// <param name="Right">What they may do.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="CreatedBy">By whom.</param>
/// <param name="ExpiresAt">When it ends by itself; missing for never.</param>
/// <param name="Opens">How often a link was opened.</param>
/// <param name="OpenedBy">Who opened a link, the last to come first; the first 100 of them.</param>
internal sealed record ShareView(
    string Id, PersonView? Account, ShareRight Right, DateTimeOffset CreatedAt, PersonView CreatedBy, DateTimeOffset? ExpiresAt, long Opens,
    IReadOnlyList<OpeningView> OpenedBy)
{
    /// <summary>The path of a link that has just been made; it is never shown again.</summary>
    public string? Link { get; init; }

    public static ShareView Of(JobShare share, IReadOnlyDictionary<string, Account> accounts, IEnumerable<ShareOpening> openings) => new(
        share.Id, share.AccountId is { } id ? PersonView.Of(id, accounts) : null, RightOf(share.Right), share.CreatedAt,
        PersonView.Of(share.CreatedBy, accounts), share.ExpiresAt, share.Opens,
        [
            .. openings.Select(o => new OpeningView(
                o.IsVisitor ? null : PersonView.Of(o.Opener, accounts), o.Address, o.FirstAt, o.LastAt, o.Opens)),
        ]);

    public static ShareRight RightOf(JobRight right) => right >= JobRight.Manage ? ShareRight.Manage : ShareRight.Read;
}

/// <summary>The shares of a job.</summary>
/// <param name="Shares">The newest first.</param>
internal sealed record ShareViews(IReadOnlyList<ShareView> Shares);

/// <summary>A job that is shared with the caller.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Title">Its title.</param>
/// <param name="Kind">Its workload.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Right">What the caller may do.</param>
/// <param name="SharedBy">Who shared it.</param>
/// <param name="SharedAt">When that was.</param>
/// <param name="ExpiresAt">When it ends by itself; missing for never.</param>
/// <param name="ByLink">Whether the caller has it by a link that they opened.</param>
internal sealed record SharedJobView(
    JobId JobId, string Title, string Kind, JobState State, ShareRight Right, PersonView SharedBy, DateTimeOffset SharedAt,
    DateTimeOffset? ExpiresAt, bool ByLink)
{
    public static SharedJobView Of(JobShare share, JobSnapshot job, IReadOnlyDictionary<string, Account> accounts) => new(
        share.Job, job.Title, job.Kind, job.State, ShareView.RightOf(share.Right), PersonView.Of(share.CreatedBy, accounts), share.CreatedAt,
        share.ExpiresAt, share.IsLink);
}

/// <summary>What is shared with the caller.</summary>
/// <param name="Shares">Those shared last first.</param>
/// <param name="Next">The <c>cursor</c> of the page after this one; missing at the end.</param>
internal sealed record SharedJobViews(IReadOnlyList<SharedJobView> Shares, string? Next);

[JsonSourceGenerationOptions(
    System.Text.Json.JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    Converters = [typeof(ShareRightConverter)])]
[JsonSerializable(typeof(NewShare))]
[JsonSerializable(typeof(ShareView))]
[JsonSerializable(typeof(ShareViews))]
[JsonSerializable(typeof(SharedJobViews))]
internal sealed partial class SharesJson : JsonSerializerContext;

/// <summary>Rights in lower case.</summary>
internal sealed class ShareRightConverter() : JsonStringEnumConverter<ShareRight>(System.Text.Json.JsonNamingPolicy.CamelCase, allowIntegerValues: false);
