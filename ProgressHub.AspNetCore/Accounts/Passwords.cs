using Microsoft.AspNetCore.Identity;
using ProgressHub.Core.Accounts;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>Hashes passwords as ASP.NET Core Identity does, and checks them in the same time whether or not there is such a name.</summary>
internal sealed class Passwords
{
    /// <summary>The shortest there is.</summary>
    public const int MinCharacters = 10;

    /// <summary>The longest there is: hashing takes all of it.</summary>
    public const int MaxCharacters = 256;

    private readonly IPasswordHasher<Account> _hasher;

    // Made before anybody asks: the first who tries a name that nobody has must not wait for it.
    private readonly string _nobodys;

    public Passwords()
        : this(new PasswordHasher<Account>())
    {
    }

    internal Passwords(IPasswordHasher<Account> hasher)
    {
        _hasher = hasher;
        _nobodys = Hash(AccessSecret.New(""));
    }

    /// <summary>What is kept of one.</summary>
    public string Hash(string password) => _hasher.HashPassword(null!, password);

    /// <summary>Whether it is an account's password; never where there is no account.</summary>
    public bool IsRight(Account? account, string password)
    {
        var verified = _hasher.VerifyHashedPassword(null!, account?.PasswordHash ?? _nobodys, password);
        return account?.PasswordHash is not null && verified != PasswordVerificationResult.Failed;
    }

    /// <summary>What is wrong with one that somebody wants; null for nothing.</summary>
    public static string? Complaint(string? password) => password?.Length switch
    {
        null or < MinCharacters => $"A password has at least {MinCharacters} characters.",
        > MaxCharacters => $"A password has at most {MaxCharacters} characters.",
        _ => null,
    };
}
