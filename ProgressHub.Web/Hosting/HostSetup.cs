using Microsoft.Extensions.Logging.Console;
using ProgressHub.Core.Files;

namespace ProgressHub.Web.Hosting;

/// <summary>What the ready server sets before anything else: its address, its data folder, its log.</summary>
internal static partial class HostSetup
{
    /// <summary>The setting with the data folder; absolute once the defaults are set.</summary>
    public const string DataDirectory = "Storage:DataDirectory";

    private const string DefaultAddress = "http://localhost:5080";
    private const string AcceptDataLoss = "--accept-data-loss";
    private const string ReloadAssets = "ReloadStaticAssetsAtRuntime";

    /// <summary>The keys by which somebody may have said where to listen.</summary>
    private static readonly string[] AddressKeys = ["urls", "http_ports", "https_ports"];

    /// <summary>The command line as settings: a switch stands for a setting, and takes no word behind it for its value.</summary>
    public static string[] Settings(string[] args) =>
        [.. args.Select(static arg => arg == AcceptDataLoss ? "--Storage:AcceptDataLoss=true" : arg)];

    public static WebApplicationBuilder UseServerDefaults(this WebApplicationBuilder builder)
    {
        PrivateFolder.MakeAllPrivate();
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

        // Unless somebody chose another form, such as json, which escapes by itself.
        builder.Logging.AddConsoleFormatter<SafeConsoleFormatter, ConsoleFormatterOptions>();
        builder.Services.PostConfigure<ConsoleLoggerOptions>(static console =>
        {
            if (console.FormatterName is null or ConsoleFormatterNames.Simple)
                console.FormatterName = SafeConsoleFormatter.FormatterName;
        });

        // A failed start is told once, in words, by RunServerAsync.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        return builder;
    }

    /// <summary>Runs the server until it is stopped, says where it is, and says in one line why it does not start.</summary>
    /// <param name="builder">What it is made of; settings that are not valid may show when it is made, mapped or started.</param>
    /// <param name="map">Adds its endpoints.</param>
    /// <returns>The exit code of the process.</returns>
    public static async Task<int> RunServerAsync(this WebApplicationBuilder builder, Action<WebApplication> map)
    {
        try
        {
            var app = builder.Build();
            map(app);
            app.Lifetime.ApplicationStarted.Register(() => _ = AnnounceAsync(app));
            await app.RunAsync();
            return Environment.ExitCode;
        }
        catch (Exception failure) when (failure is not HostAbortedException)
        {
            await Console.Error.WriteLineAsync($"ProgressHub can't run: {failure.Message}");
            return 1;
        }
    }

    /// <summary>Says where it is: to a person, or to whatever reads a log of JSON lines.</summary>
    private static async Task AnnounceAsync(WebApplication app)
    {
        var addresses = string.Join(" and ", app.Urls);
        if (app.Configuration["Logging:Console:FormatterName"] == ConsoleFormatterNames.Json)
            LogRunning(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("ProgressHub"), addresses);
        else
            Console.WriteLine($"ProgressHub is at {addresses}");
        if (await SetupLink.FindAsync(app) is { } link)
            Console.WriteLine($"Nobody can sign in yet. Make the first account here, once: {link}");
    }

    [LoggerMessage(LogLevel.Information, "ProgressHub is at {Addresses}")]
    private static partial void LogRunning(ILogger logger, string addresses);
}
