using System.Text.Json.Serialization;
using ProgressHub.Core.Accounts;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>Who asks.</summary>
/// <param name="Id">The owner of all that is theirs.</param>
/// <param name="Name">What they are called.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Scopes">What that which they have shown may be used for.</param>
internal sealed record CallerView(string Id, string Name, AccountRole Role, IReadOnlyList<string> Scopes);

/// <summary>A browser that is signed in.</summary>
/// <param name="Id">Names it.</param>
/// <param name="CreatedAt">When somebody signed in.</param>
/// <param name="SeenAt">When it was last used, to about a minute.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
/// <param name="Browser">What the browser calls itself.</param>
/// <param name="Address">Where it came from.</param>
/// <param name="Current">Whether it is the one that asks.</param>
internal sealed record SignInView(
    string Id, DateTimeOffset CreatedAt, DateTimeOffset SeenAt, DateTimeOffset ExpiresAt, string? Browser, string? Address, bool Current)
{
    public static SignInView Of(SignInSession session, string? grant) => new(
        session.Id, session.CreatedAt, session.SeenAt, session.ExpiresAt, session.Browser, session.Address,
        grant == Access.SessionGrant + session.Id);
}

/// <summary>Sessions.</summary>
/// <param name="Sessions">The newest first.</param>
internal sealed record SignInViews(IReadOnlyList<SignInView> Sessions);

/// <summary>A key, without the key itself.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Prefix">How it begins.</param>
/// <param name="Scopes">What it may be used for.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends by itself; null for never.</param>
/// <param name="UsedAt">When it was last used, to about a minute; null for never.</param>
internal sealed record KeyView(
    string Id, string Name, string Prefix, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt,
    DateTimeOffset? UsedAt)
{
    /// <summary>The key itself, where it has just been made; it is never shown again.</summary>
    public string? Key { get; init; }

    public static KeyView Of(ApiKey key) => new(key.Id, key.Name, key.Prefix, key.Scopes, key.CreatedAt, key.ExpiresAt, key.UsedAt);
}

/// <summary>Keys.</summary>
/// <param name="Keys">The newest first.</param>
internal sealed record KeyViews(IReadOnlyList<KeyView> Keys);

/// <summary>A key that is wanted.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Scopes">What it may be used for.</param>
/// <param name="ExpiresAt">When it ends by itself; null for never.</param>
internal sealed record NewKey(string Name, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt = null);

/// <summary>An account, as administrators see it.</summary>
/// <param name="Id">The owner of all that is theirs.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Enabled">Whether it may do anything.</param>
/// <param name="Issuer">Who vouches for it; null where it has a password.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record AccountView(string Id, string Name, AccountRole Role, bool Enabled, string? Issuer, DateTimeOffset CreatedAt)
{
    public static AccountView Of(Account account) =>
        new(account.Id, account.Name, account.Role, account.IsEnabled, account.Issuer, account.CreatedAt);
}

/// <summary>Accounts.</summary>
/// <param name="Accounts">By name.</param>
internal sealed record AccountViews(IReadOnlyList<AccountView> Accounts);

/// <summary>An account that is wanted.</summary>
/// <param name="Name">What one signs in with.</param>
/// <param name="Password">Its password.</param>
/// <param name="Role">What it may do.</param>
internal sealed record NewAccount(string Name, string Password, AccountRole Role = AccountRole.User);

/// <summary>What is to be different about an account; what is missing stays.</summary>
/// <param name="Role">What it may do.</param>
/// <param name="Enabled">Whether it may do anything. Who may nothing any more is out within seconds.</param>
/// <param name="Password">Its password; whoever is signed in with the old one is out.</param>
internal sealed record AccountChange(AccountRole? Role = null, bool? Enabled = null, string? Password = null);

/// <summary>A ticket that is wanted.</summary>
/// <param name="Job">The job to watch; null for all of the caller's.</param>
internal sealed record TicketRequest(string? Job = null);

/// <summary>A ticket.</summary>
/// <param name="Ticket">What goes into the query of one stream's address.</param>
/// <param name="ExpiresAt">Until when the stream must have been opened.</param>
internal sealed record TicketView(string Ticket, DateTimeOffset ExpiresAt);

[JsonSourceGenerationOptions(
    System.Text.Json.JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    Converters = [typeof(RoleConverter)])]
[JsonSerializable(typeof(CallerView))]
[JsonSerializable(typeof(SignInViews))]
[JsonSerializable(typeof(KeyView))]
[JsonSerializable(typeof(KeyViews))]
[JsonSerializable(typeof(NewKey))]
[JsonSerializable(typeof(AccountView))]
[JsonSerializable(typeof(AccountViews))]
[JsonSerializable(typeof(NewAccount))]
[JsonSerializable(typeof(AccountChange))]
[JsonSerializable(typeof(TicketRequest))]
[JsonSerializable(typeof(TicketView))]
internal sealed partial class AccountsJson : JsonSerializerContext;

/// <summary>Roles in lower case.</summary>
internal sealed class RoleConverter() : JsonStringEnumConverter<AccountRole>(System.Text.Json.JsonNamingPolicy.CamelCase, allowIntegerValues: false);
