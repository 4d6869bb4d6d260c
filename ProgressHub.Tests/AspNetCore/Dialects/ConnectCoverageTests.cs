using Microsoft.Extensions.DependencyInjection;
using ProgressHub.AspNetCore.Dialects;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Connect;

namespace ProgressHub.Tests.AspNetCore.Dialects;

/// <summary>Whoever adds a dialect shows on the page Connect how it is used.</summary>
public sealed class ConnectCoverageTests(WebServer server) : IClassFixture<WebServer>
{
    [Fact]
    public void Every_dialect_of_the_server_is_shown_on_Connect_and_nothing_there_is_of_a_dialect_that_is_gone()
    {
        var registered = server.Services.GetServices<IDialect>().Select(d => d.Name);

        var shown = Snippets.All.Select(s => s.Dialect).OfType<string>().Distinct();

        Assert.Equal(registered.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }
}
