using Xunit.Abstractions;
using Xunit.Sdk;

namespace ProgressHub.Tests.Support;

/// <summary>
/// A test that has to wait out how long nodes are patient, for minutes: it is there where <c>PROGRESSHUB_OUTAGES</c> is set, as
/// more of what is generated is there where <c>PROGRESSHUB_FUZZ</c> is.
/// </summary>
[XunitTestCaseDiscoverer("ProgressHub.Tests.Support.OutageDiscoverer", "ProgressHub.Tests")]
public sealed class OutageFactAttribute : FactAttribute;

/// <summary>Finds such tests where they are wanted.</summary>
public sealed class OutageDiscoverer(IMessageSink messages) : FactDiscoverer(messages), IXunitTestCaseDiscoverer
{
    private const string Variable = "PROGRESSHUB_OUTAGES";

    /// <inheritdoc/>
    IEnumerable<IXunitTestCase> IXunitTestCaseDiscoverer.Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)) ? [] : Discover(discoveryOptions, testMethod, factAttribute);
}
