namespace ProgressHub.Web.Hosting;

/// <summary>What the ready server sets before anything else: its address, its data folder, its log.</summary>
internal static class HostSetup
{
    private const string DefaultAddress = "http://localhost:5080";
    private const string DataDirectory = "Storage:DataDirectory";
    private const string ReloadAssets = "ReloadStaticAssetsAtRuntime";

    /// <summary>The keys by which somebody may have said where to listen.</summary>
    private static readonly string[] AddressKeys = ["urls", "http_ports", "https_ports"];

    public static WebApplicationBuilder UseServerDefaults(this WebApplicationBuilder builder)
    {
        if (AddressKeys.All(key => string.IsNullOrEmpty(builder.Configuration[key]))
            && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
            builder.WebHost.UseUrls(DefaultAddress);

        // Relative to the server, not to where it happens to be started from: a restart must find its jobs again.
        var data = Path.Combine(builder.Environment.ContentRootPath, builder.Configuration[DataDirectory] ?? "data");
        builder.Configuration.AddInMemoryCollection([new(DataDirectory, Path.GetFullPath(data))]);

        // Reloading edited assets takes a GET route that matches every path, and that turns 405 into 404 everywhere.
        if (!builder.Environment.IsDevelopment() && builder.Configuration[ReloadAssets] is null)
            builder.Configuration.AddInMemoryCollection([new(ReloadAssets, "false")]);

        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.AddServerHeader = false);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);

        // A failed start is told once, in words, by RunServerAsync.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        return builder;
    }

    /// <summary>Runs the server until it is stopped, says where it is, and says in one line why it does not start.</summary>
    /// <returns>The exit code of the process.</returns>
    public static async Task<int> RunServerAsync(this WebApplication app)
    {
        app.Lifetime.ApplicationStarted.Register(() =>
            Console.WriteLine($"ProgressHub is at {string.Join(" and ", app.Urls)}"));
        try
        {
            await app.RunAsync();
            return 0;
        }
        catch (Exception failure) when (failure is not HostAbortedException)
        {
            await Console.Error.WriteLineAsync($"ProgressHub can't run: {failure.Message}");
            return 1;
        }
    }
}
