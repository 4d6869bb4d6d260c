using System.Net;
using System.Text.Json;

namespace ProgressHub.Tests.Support;

/// <summary>Every error of the API is problem details, whole, whatever was wrong.</summary>
internal static class ProblemAssert
{
    /// <summary>Asserts the status, the code and the shape, and returns the problem.</summary>
    public static async Task<JsonElement> IsProblemAsync(this HttpResponseMessage response, int status, string code)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.True((HttpStatusCode)status == response.StatusCode, $"Expected {status} {code}, got {response.StatusCode}: {body}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(body).RootElement;
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal($"urn:progresshub:problem:{code}", problem.GetProperty("type").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        Assert.NotEmpty(problem.GetProperty("traceId").GetString()!);
        Assert.Equal(
            response.RequestMessage!.RequestUri!.AbsolutePath, problem.GetProperty("instance").GetString(), ignoreCase: true);
        Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", body, StringComparison.Ordinal);
        return problem;
    }

    public static string Id(this JsonElement snapshot) => snapshot.GetProperty("jobId").GetString()!;

    public static string? Text(this JsonElement element, string property) => element.GetProperty(property).GetString();
}
