using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProgressHub.Core;
using ProgressHub.Core.Execution;

namespace ProgressHub.Tests.Execution;

public sealed class ExecutionOptionsTests
{
    [Theory]
    [InlineData("MaxRemote", "MaxInterruptionsWithoutProgress"), InlineData("MaxElsewhere", "MaxFruitlessInterruptions")]
    public void A_setting_is_known_by_its_name_and_by_its_former_one(string remote, string interruptions)
    {
        var options = Bind(($"Execution:{remote}", "7"), ($"Execution:{interruptions}", "3"));

        Assert.Equal((7, 3), (options.MaxRemote, options.MaxInterruptionsWithoutProgress));
    }

    [Fact]
    public void Without_settings_the_defaults_hold()
    {
        var options = Bind();

        Assert.Equal((1000, 10), (options.MaxRemote, options.MaxInterruptionsWithoutProgress));
    }

    private static ExecutionOptions Bind(params (string Key, string Value)[] settings)
    {
        using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder()
                .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build())
            .AddProgressHub()
            .BuildServiceProvider();
        return services.GetRequiredService<IOptions<ExecutionOptions>>().Value;
    }
}
