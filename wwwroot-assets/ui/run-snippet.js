// Runs what the Connect page shows: the very module whose text stands there. What it says is text, and bounded.

const MAX_LINES = 200;
const MAX_LINE = 2000;

/**
 * @param {HTMLElement} card Holds the buttons `.run` and `.stop`, a `progress`, an `.output`, and a file input where
 *   the snippet takes one.
 * @param {string} name The module's name: `connect/{name}.js`.
 * @param {string} base This server's address.
 */
export function attach(card, name, base) {
  const [run, stop, bar, output] = [".run", ".stop", "progress", ".output"].map((s) => card.querySelector(s));
  const input = card.querySelector("input[type=file]");
  let current;

  const say = (mine) => (text, percent) => {
    // Whoever was stopped may have something on its way.
    if (mine !== current) return;
    if (Number.isFinite(percent)) {
      bar.hidden = false;
      bar.value = percent;
    }
    if (text === undefined || text === null) return;
    const line = document.createElement("div");
    line.textContent = String(text).slice(0, MAX_LINE);
    output.append(line);
    while (output.childElementCount > MAX_LINES) output.firstElementChild.remove();
    output.scrollTop = output.scrollHeight;
  };

  const finish = (mine) => {
    if (mine !== current) return;
    current = undefined;
    run.disabled = false;
    stop.disabled = true;
    card.dataset.state = "ended";
  };

  run.addEventListener("click", async () => {
    const mine = (current = new AbortController());
    const tell = say(mine);
    output.replaceChildren();
    output.hidden = false;
    bar.hidden = true;
    bar.value = 0;
    run.disabled = true;
    stop.disabled = false;
    card.dataset.state = "running";
    try {
      const snippet = await import(new URL(`../connect/${name}.js`, import.meta.url).href);
      await snippet.run(base, tell, { signal: mine.signal, file: input?.files[0] });
    } catch (failure) {
      if (!mine.signal.aborted) tell(`It failed: ${failure?.message ?? failure}`);
    }
    finish(mine);
  });

  stop.addEventListener("click", () => {
    const mine = current;
    if (!mine) return;
    mine.abort();
    say(mine)("Stopped watching. The job goes on.");
    finish(mine);
    run.focus();
  });
}
