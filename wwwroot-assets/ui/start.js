// Starts the live connection of the page, and takes care of it: while it is lost a notice says so and it is tried again
// without end; where the server no longer knows the page (it was restarted), the page is loaded anew. Nothing is lost by
// that: what a page shows is read from the server.
(() => {
  "use strict";
  const firstDelay = 300;
  const longestDelay = 5000;
  const quiet = 400; // a reconnect this quick is not worth a notice
  const notice = document.getElementById("connection-notice");
  const unsent = import(new URL("./unsent.js", document.currentScript.src));
  void import(new URL("./focus-keeper.js", document.currentScript.src));
  let down = false;

  const show = async (visible) => {
    document.documentElement.dataset.connection = visible ? "lost" : "up";
    const { tell, back } = await unsent;
    if (visible) tell();
    else back();
  };
  const wait = (ms) => new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    window.addEventListener("online", () => { clearTimeout(timer); resolve(); }, { once: true });
  });

  // Bytes that are on their way arrive without the page's connection (ui/uploads.js).
  async function leave() {
    const root = document.documentElement;
    root.dataset.connection = "gone";
    while (root.hasAttribute("data-sending")) {
      const text = document.getElementById("connection-text");
      text.textContent = text.dataset.restarted;
      notice.hidden = false;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    (await unsent).leave();
    location.reload();
  }

  // Whoever has been signed out meanwhile is shown where to sign in.
  async function isSignedOut() {
    try {
      return (await fetch(location.href, { method: "HEAD", cache: "no-store" })).status === 401;
    } catch {
      return false;
    }
  }

  async function reconnect() {
    for (let delay = firstDelay; down; delay = Math.min(delay * 1.7, longestDelay)) {
      await wait(delay * (0.75 + Math.random() / 2));
      if (!down) return;
      try {
        if (await Blazor.reconnect()) return;
      } catch {
        if (await isSignedOut()) return leave();
        continue; // the server can't be reached yet
      }
      return leave(); // it can, and does not know this page any more
    }
  }

  // A double click on what sends a form sends it once, and so does an Enter that is held; but where one goes on with each.
  const repeats = (element) => !element?.form || "repeats" in element.form.dataset;
  window.addEventListener("click", (event) => {
    const button = event.target.closest?.("button");
    if (event.detail < 2 || button?.type !== "submit" || repeats(button)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  window.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.repeat && event.target.tagName === "INPUT" && !repeats(event.target)) event.preventDefault();
  }, true);

  Blazor.start({
    circuit: {
      reconnectionHandler: {
        onConnectionDown() {
          if (down) return;
          down = true;
          void unsent.then(({ lost }) => lost());
          setTimeout(() => { if (down) void show(true); }, quiet);
          void reconnect();
        },
        onConnectionUp() {
          down = false;
          void show(false);
        },
      },
    },
  });
})();
