using Microsoft.Extensions.Options;
using ProgressHub.AspNetCore.Accounts;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Web.Hosting;

/// <summary>The link with which the first administrator is made. It goes to the console of who starts the server, and into no log.</summary>
internal static class SetupLink
{
    /// <summary>The link; null where nobody signs in, or somebody can.</summary>
    public static async Task<string?> FindAsync(WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<AuthOptions>>().Value.Mode != AuthMode.Token)
            return null;
        try
        {
            var code = await app.Services.GetRequiredService<SetupCode>().FindAsync(CancellationToken.None);
            return code is null ? null : $"{app.Urls.First().TrimEnd('/')}{SignInEndpoints.SetupPath}?code={code}";
        }
        catch (StorageUnavailableException)
        {
            // Readiness tells what is wrong with the disk.
            return null;
        }
    }
}
