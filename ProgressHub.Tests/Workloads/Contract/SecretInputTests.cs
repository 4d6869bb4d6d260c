using System.Reflection;
using System.Text.Json;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads;

namespace ProgressHub.Tests.Workloads.Contract;

/// <summary>A record prints all it has; an input with a key must not.</summary>
public sealed class SecretInputTests
{
    public static TheoryData<Type> Inputs =>
        [.. typeof(WorkloadRegistration).Assembly.GetTypes().Where(t => t.GetProperties().Any(IsSecret))];

    [Theory]
    [MemberData(nameof(Inputs))]
    public void An_input_with_a_secret_does_not_print_it(Type type)
    {
        var input = System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type);
        var secret = type.GetProperties().Single(IsSecret);
        secret.SetValue(input, "the key itself");

        Assert.Equal("the key itself", secret.GetValue(input));
        Assert.DoesNotContain("the key itself", $"{input}", StringComparison.Ordinal);
    }

    [Fact]
    public void The_inputs_with_a_key_are_found() => Assert.Equal(6, Inputs.Count);

    [Theory]
    [InlineData("""{"text":"x"}""", """{"text":"x","apiKey":"k"}""")]
    [InlineData("""{"text":"x","apiKey":"other"}""", """{"text":"x","apiKey":"k"}""")]
    [InlineData("""[1]""", """[1]""")]
    public void Secrets_are_put_back_into_an_input(string stored, string merged)
    {
        var read = SecretInputs.Merge(JsonElement.Parse(stored), ["apiKey", "unknown"], name => name == "apiKey" ? "k" : null);

        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(merged), read), read.GetRawText());
    }

    private static bool IsSecret(PropertyInfo property) => property.IsDefined(typeof(SecretAttribute));
}
