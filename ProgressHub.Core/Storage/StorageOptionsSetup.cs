using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ProgressHub.Core.Storage;

/// <summary>
/// Reads <see cref="StorageOptions"/> from the configuration and validates them. By hand: Core references the
/// abstractions of configuration only, and there are six values.
/// </summary>
internal sealed class StorageOptionsSetup(IConfiguration? configuration)
    : IConfigureOptions<StorageOptions>, IValidateOptions<StorageOptions>
{
    private const long MinimumQueueBytes = 1024 * 1024;

    public void Configure(StorageOptions options)
    {
        if (configuration?.GetSection(StorageOptions.Section) is not { } section)
            return;

        List<string> errors = [];
        options.Provider = Read(section, nameof(options.Provider), options.Provider, TryParseProvider, errors);
        options.DataDirectory = section[nameof(options.DataDirectory)] ?? options.DataDirectory;
        options.ConnectionString = section[nameof(options.ConnectionString)] ?? options.ConnectionString;
        options.QueueCapacity = Read(section, nameof(options.QueueCapacity), options.QueueCapacity, TryParse, errors);
        options.QueueBytes = Read(section, nameof(options.QueueBytes), options.QueueBytes, TryParse, errors);
        options.Readers = Read(section, nameof(options.Readers), options.Readers, TryParse, errors);
        if (errors.Count > 0)
            throw new OptionsValidationException(StorageOptions.Section, typeof(StorageOptions), errors);
    }

    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        List<string> errors = [];
        if (options.Provider == StorageProvider.Postgres)
            errors.Add("Storage:Provider: Postgres comes later; until then use Sqlite.");
        else if (options.Provider != StorageProvider.Sqlite)
            errors.Add($"Storage:Provider: '{options.Provider}' is not one of Sqlite, Postgres.");
        if (string.IsNullOrWhiteSpace(options.DataDirectory))
            errors.Add("Storage:DataDirectory: a folder is needed.");
        if (options.QueueCapacity is < 16 or > 1_000_000)
            errors.Add($"Storage:QueueCapacity: {options.QueueCapacity} is not within 16 and 1000000.");
        if (options.QueueBytes < MinimumQueueBytes)
            errors.Add($"Storage:QueueBytes: {options.QueueBytes} is below {MinimumQueueBytes}.");
        if (options.Readers is < 1 or > 64)
            errors.Add($"Storage:Readers: {options.Readers} is not within 1 and 64.");
        return errors.Count > 0 ? ValidateOptionsResult.Fail(errors) : ValidateOptionsResult.Success;
    }

    private delegate bool Parser<T>(string text, out T value);

    private static T Read<T>(IConfiguration section, string key, T fallback, Parser<T> parse, List<string> errors)
    {
        if (section[key] is not { Length: > 0 } text)
            return fallback;
        if (parse(text, out var value))
            return value;

        errors.Add($"Storage:{key}: '{text}' is not a {typeof(T).Name}.");
        return fallback;
    }

    private static bool TryParse<T>(string text, out T value)
        where T : struct, IParsable<T> => T.TryParse(text, CultureInfo.InvariantCulture, out value);

    private static bool TryParseProvider(string text, out StorageProvider value) =>
        Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value);
}
