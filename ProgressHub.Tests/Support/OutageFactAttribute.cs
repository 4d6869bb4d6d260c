namespace ProgressHub.Tests.Support;

/// <summary>A test that has to wait out how long nodes are patient; it runs where <c>PROGRESSHUB_OUTAGES</c> is set.</summary>
public sealed class OutageFactAttribute : FactAttribute
{
    public const string Variable = "PROGRESSHUB_OUTAGES";

    public OutageFactAttribute()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)))
            Skip = $"It takes long; set {Variable}=1 to run it.";
    }
}
