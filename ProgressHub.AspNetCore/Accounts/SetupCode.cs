using System.Security.Cryptography;
using System.Text;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.Core.Accounts;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>
/// The code with which the first administrator is made: printed where the server was started, so that only who started it
/// has it. It lives in memory and is new at each start, or is the one of all nodes where they share accounts; it is good until
/// there is an administrator.
/// </summary>
internal sealed class SetupCode(AccountDirectory accounts) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly string _code = AccessSecret.New("");

    /// <summary>The code; null once it is good for nothing.</summary>
    public async Task<string?> FindAsync(CancellationToken cancellationToken) =>
        await accounts.HasAdministratorAsync(cancellationToken) ? null : await accounts.SetupCodeAsync(_code, cancellationToken);

    /// <summary>Whether a text is the code, and it is good.</summary>
    public async Task<bool> IsGoodAsync(string? text, CancellationToken cancellationToken) =>
        text is not null
        && await FindAsync(cancellationToken) is { } code
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(code));

    /// <summary>Makes the administrator; null where the code is not good. Of two at once, at whatever nodes, one is made.</summary>
    /// <exception cref="RefusedException">As <see cref="AccountDirectory.CreateFirstAsync"/>.</exception>
    public async Task<Account?> UseAsync(string? text, string name, string password, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            return await IsGoodAsync(text, cancellationToken)
                ? await accounts.CreateFirstAsync(name, password, cancellationToken)
                : null;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
