using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProgressHub.AspNetCore.Accounts.Providers;
using ProgressHub.AspNetCore.Accounts.Shares;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Accounts;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Quotas;
using ProgressHub.Core.Schedules;
using ProgressHub.Core.Sql;
using ProgressHub.Core.Sqlite;
using ProgressHub.Core.Workloads;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>Registers accounts and what lets people and programs in; in local mode none of it is ever asked.</summary>
internal static class AccountsSetup
{
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddSingleton<AccessChanges>();
        services.AddSingleton(OpenDatabase).AddHostedService<AccessWatch>();
        services.AddDatabaseStart(static provider => provider.HasSignIn() ? provider.GetRequiredService<AccountDatabase>().Database : null);
        services.AddSingleton<Passwords>().AddSingleton<AccountDirectory>().AddSingleton<AuditTrail>();
        services.AddSingleton<SignIns>().AddSingleton<SignInThrottle>().AddSingleton<SetupCode>().AddSingleton<ApiKeys>();
        services.AddSingleton<AccessCache>().AddSingleton<LastUses>().AddSingleton<AccessCheck>();
        services.AddSingleton<StreamTickets>().AddSingleton<OpenRequests>().AddSingleton<IssuedTokens>().AddSingleton<Credentials>();
        services.AddSingleton<JobSharing>().AddSingleton<ShareLinks>().AddSingleton<LinkThrottle>().AddSingleton<OwnPassword>();
        services.Replace(ServiceDescriptor.Singleton<IJobShares>(static provider =>
            provider.HasSignIn()
                ? ActivatorUtilities.CreateInstance<SharedAccess>(provider)
                : new NoShares()));
        services.AddSingleton<Administration>();
        services.AddSingleton<IQuotaOverrides>(static provider =>
            provider.HasSignIn() ? provider.GetRequiredService<AccountDatabase>().Quotas : new NoQuotaOverrides());
        services.AddSingleton<IJobAudit>(static provider =>
            provider.HasSignIn() ? new JobAuditTrail(provider.GetRequiredService<AuditTrail>()) : new NoJobAudit());
        services.AddSingleton<IScheduleOwners>(static provider =>
            provider.HasSignIn() ? new ScheduleAccounts(provider.GetRequiredService<AccountDirectory>()) : new EveryOwner());
        services.AddSchemes();
        return services;
    }

    /// <summary>Keeps account of what is open, where access can be taken back. After authorization.</summary>
    public static void UseOpenRequests(this WebApplication app)
    {
        if (app.HasSignIn())
            app.UseMiddleware<OpenRequestMiddleware>();
    }

    /// <summary>Refuses forms that do not come from their page. After antiforgery.</summary>
    public static void UseFormRefusals(this WebApplication app)
    {
        if (app.HasSignIn())
            app.UseMiddleware<FormRefusal>();
    }

    /// <summary>The endpoints, where people sign in.</summary>
    public static void MapAccounts(this WebApplication app)
    {
        if (!app.HasSignIn())
        {
            app.MapNoShares();
            return;
        }

        app.MapTickets();
        app.MapShares();
        app.MapAccount();
        app.MapAdministration();
        app.MapQuotas();
        app.MapAudit();
        app.MapSignIn(app.Services.GetRequiredService<IOptions<OidcOptions>>().Value.IsOn);
    }

    private static AccountDatabase OpenDatabase(IServiceProvider provider)
    {
        var (time, changes) = (provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<AccessChanges>());
        var logger = provider.GetRequiredService<ILogger<AccountDatabase>>();
        var directory = provider.GetRequiredService<DataDirectory>();
        return provider.GetRequiredService<SharedDatabase>().ConnectionString is { } shared
            ? AccountDatabase.Shared(shared, time, changes, logger)
            : new AccountDatabase(directory.Path, time, changes, logger, directory.AcceptDataLoss);
    }

    /// <summary>Which schemes there are is known once the configuration is.</summary>
    private static void AddSchemes(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<OidcOptions>().BindConfiguration(OidcOptions.Section).ValidateDataAnnotations();
        services.AddTransient<TokenAuthenticationHandler>().AddTransient<JwtBearerHandler>().AddTransient<OpenIdConnectHandler>();
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>, IssuedTokenChecks>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<JwtBearerOptions>, JwtBearerPostConfigureOptions>());
        services.AddSingleton<IConfigureOptions<OpenIdConnectOptions>, ProviderScheme>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<OpenIdConnectOptions>, OpenIdConnectPostConfigureOptions>());
        services.AddSingleton<ProviderTokenProtector>().AddSingleton<ProviderAnswers>().AddHostedService<ProviderSessions>();
        services.AddOptions<AuthenticationOptions>().Configure<IOptions<AuthOptions>, IOptions<OidcOptions>>(static (schemes, auth, oidc) =>
        {
            if (auth.Value.Mode == AuthMode.Local)
                return;
            schemes.DefaultScheme = TokenAuthenticationHandler.SchemeName;
            schemes.AddScheme<TokenAuthenticationHandler>(TokenAuthenticationHandler.SchemeName, null);
            for (var i = 0; i < auth.Value.Issuers.Length; i++)
                schemes.AddScheme<JwtBearerHandler>(IssuedTokens.SchemeOf(i), null);
            if (oidc.Value.IsOn)
                schemes.AddScheme<OpenIdConnectHandler>(ProviderScheme.Name, null);
        });
    }
}
