using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;

namespace ProgressHub.Tests.Support;

/// <summary>Finds elements the way people and screen readers do: by role and name, or by label.</summary>
internal static class ByRole
{
    private static readonly Dictionary<string, string> Native = new()
    {
        ["button"] = "button, [role=button]",
        ["link"] = "a[href], [role=link]",
        ["heading"] = "h1, h2, h3, [role=heading]",
        ["listitem"] = "li",
        ["progressbar"] = "[role=progressbar]",
        ["status"] = "[role=status]",
        ["log"] = "[role=log]",
        ["alert"] = "[role=alert]",
        ["radio"] = "input[type=radio]",
        ["combobox"] = "select, [role=combobox]",
    };

    public static IElement One(this IRenderedComponent<IComponent> page, string role, string? name = null) =>
        Assert.Single(page.All(role, name));

    public static IReadOnlyList<IElement> All(
        this IRenderedComponent<IComponent> page, string role, string? name = null) =>
        [.. page.FindAll(Native[role]).Where(e => name is null || Name(e).Contains(name, StringComparison.Ordinal))];

    /// <summary>The field that a label names.</summary>
    public static IElement Field(this IRenderedComponent<IComponent> page, string label)
    {
        var found = page.FindAll("label").Single(l => Text(l).StartsWith(label, StringComparison.Ordinal));
        return page.Find($"#{found.GetAttribute("for")}");
    }

    /// <summary>What stands in the text that describes a field, such as what is wrong with it.</summary>
    public static string DescriptionOf(this IRenderedComponent<IComponent> page, IElement field) =>
        string.Join(' ', (field.GetAttribute("aria-describedby") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(id => page.FindAll($"#{id}")).Select(Text));

    /// <summary>The text of an element, its white space collapsed.</summary>
    public static string Text(this IElement element) =>
        string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Name(IElement element) => element.GetAttribute("aria-label") ?? Text(element);
}
