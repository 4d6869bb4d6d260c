using ProgressHub.Core.Accounts;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Accounts.Shares;

/// <summary>What every store of shares keeps.</summary>
public abstract class JobShareStoreContract : IAsyncLifetime
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    private readonly IAccountsUnderTest _accounts;
    private readonly AccessChanges _changes = new();
    private readonly AccountDatabase _database;
    private readonly JobId _job = JobId.New();
    private readonly List<JobId?> _told = [];

    private protected JobShareStoreContract(IAccountsUnderTest accounts)
    {
        (_accounts, _database) = (accounts, accounts.Open(_changes));
        Shares.Changed += _told.Add;
    }

    private IJobShareStore Shares => _database.Shares;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _accounts.Dispose();
    }

    [Fact]
    public async Task A_share_is_found_by_the_job_by_the_account_and_by_its_secret()
    {
        var person = Made("p", "bob") with { Right = JobRight.Manage, ExpiresAt = At.AddDays(1) };
        var link = Made("l", null);
        await Shares.AddAsync(person, null, 10, default);
        await Shares.AddAsync(link, [1, 2, 3], 10, default);

        Assert.Equal([link with { Number = 2 }, person with { Number = 1 }], await Shares.ListAsync(_job, default));
        Assert.Equal("p", Assert.Single(await Shares.FindAsync(_job, "bob", default)).Id);
        Assert.Equal("l", (await Shares.FindBySecretAsync([1, 2, 3], default))!.Id);
        Assert.Null(await Shares.FindBySecretAsync([1, 2, 4], default));
        Assert.Empty(await Shares.FindAsync(JobId.New(), "bob", default));
        Assert.Equal([_job, _job], _told);
    }

    [Fact]
    public async Task One_account_has_one_share_and_a_job_has_so_many()
    {
        Assert.True(await Shares.AddAsync(Made("a", "bob"), null, 1, default));
        Assert.True(await Shares.AddAsync(Made("b", "bob"), null, 1, default));
        Assert.False(await Shares.AddAsync(Made("c", "cem"), null, 1, default));

        Assert.Equal("b", Assert.Single(await Shares.ListAsync(_job, default)).Id);
    }

    [Fact]
    public async Task Whoever_opens_a_link_has_it_and_the_visitor_who_came_longest_ago_is_forgotten()
    {
        await Shares.AddAsync(Made("l", null), [1], 10, default);
        var link = (await Shares.FindBySecretAsync([1], default))!;
        await Shares.OpenAsync(link, "bob", "10.0.0.1", At, 2, default);
        await Shares.OpenAsync(link, "visitor:1", "10.0.0.2", At.AddMinutes(1), 2, default);
        await Shares.OpenAsync(link, "visitor:1", "10.0.0.3", At.AddMinutes(2), 2, default);
        await Shares.OpenAsync(link, "visitor:2", null, At.AddMinutes(3), 2, default);

        Assert.Equal(
            [new("visitor:2", null, At.AddMinutes(3), At.AddMinutes(3), 1), new ShareOpening("bob", "10.0.0.1", At, At, 1)],
            await Shares.ListOpeningsAsync("l", 10, default));
        Assert.Equal(4, (await Shares.FindBySecretAsync([1], default))!.Opens);
        Assert.Single(await Shares.FindAsync(_job, "visitor:2", default));
        Assert.Empty(await Shares.FindAsync(_job, "visitor:1", default));
        Assert.Single(await Shares.ListWithAsync("bob", null, 10, default));
        Assert.Empty(await Shares.ListWithAsync("bob", 1, 10, default));
    }

    [Fact]
    public async Task What_is_revoked_or_forgotten_is_gone_with_who_opened_it()
    {
        await Shares.AddAsync(Made("l", null), [1], 10, default);
        var link = (await Shares.FindBySecretAsync([1], default))!;
        await Shares.OpenAsync(link, "bob", null, At, 10, default);

        Assert.Null(await Shares.RevokeAsync("l", JobId.New(), default));
        Assert.Equal("l", (await Shares.RevokeAsync("l", _job, default))!.Id);
        await Shares.OpenAsync(link, "bob", null, At, 10, default);

        Assert.Empty(await Shares.ListWithAsync("bob", null, 10, default));
        await Shares.AddAsync(Made("p", "bob"), null, 10, default);
        await Shares.ForgetAsync(_job, default);
        Assert.Empty(await Shares.ListAsync(_job, default));
    }

    private JobShare Made(string id, string? account) => new()
    {
        Id = id, Job = _job, OwnerId = "ann", CreatedBy = "ann", CreatedAt = At, AccountId = account, Right = JobRight.Read,
    };
}
