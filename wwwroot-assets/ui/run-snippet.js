// Runs what the Connect page shows: the very module whose text stands there. What it says is text, and bounded.

const MAX_LINES = 200;
const MAX_LINE = 2000;

/**
 * @param {HTMLElement} card Holds the buttons `.run` and `.stop`, a `progress`, an `.output`, and, where the snippet takes
 *   a file, its input and a `.reason` to be shown as long as there is none.
 * @param {string} name The module's name: `connect/{name}.js`.
 * @param {string} base This server's address.
 */
export function attach(card, name, base) {
  const [run, stop, bar, output] = [".run", ".stop", "progress", ".output"].map((s) => card.querySelector(s));
  const [input, reason] = ["input[type=file]", ".reason"].map((s) => card.querySelector(s));
  let current;

  const show = () => {
    const lacks = input !== null && input.files.length === 0;
    if (reason) reason.hidden = !lacks;
    run.disabled = lacks || current !== undefined;
    stop.disabled = current === undefined;
  };

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
    card.dataset.state = "ended";
    show();
  };

  run.addEventListener("click", async () => {
    const mine = (current = new AbortController());
    const tell = say(mine);
    output.replaceChildren();
    output.hidden = false;
    bar.hidden = true;
    bar.value = 0;
    card.dataset.state = "running";
    show();
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
    say(mine)("Stopped watching. A job that was submitted goes on.");
    finish(mine);
    run.focus();
  });

  input?.addEventListener("change", show);
  show();
}
