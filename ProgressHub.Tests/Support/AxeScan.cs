using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace ProgressHub.Tests.Support;

/// <summary>axe-core, which looks at a page as it is. It is a script that a page's policy would not let in.</summary>
internal static class AxeScan
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>What it finds, a line for each element.</summary>
    /// <param name="page">The page; one that was scanned before has the script already.</param>
    /// <param name="look">How the page is looked at, for the lines.</param>
    public static async Task<string[]> FindAsync(IPage page, string look = "")
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
            await page.EvaluateAsync(Axe);

        // Colours change bit by bit: one that is on its way from a look to the next belongs to neither.
        return await page.EvaluateAsync<string[]>(
            """
            async look => {
              for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
              for (const change of document.getAnimations()) if (change instanceof CSSTransition) change.finish();
              const { violations } = await axe.run({ resultTypes: ["violations"] });
              return violations.flatMap(({ id, impact, nodes }) =>
                nodes.map(({ html, any }) => `${look}: ${id} (${impact}) ${html} ${any.map(check => check.message).join(" ")}`));
            }
            """,
            look);
    }
}
