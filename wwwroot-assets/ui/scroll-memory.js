// Remembers how far each address was scrolled, and goes there again when one comes back to it.
const key = () => `progresshub.scroll:${location.pathname}${location.search}`;
const saved = () => {
  try {
    return Number(sessionStorage.getItem(key()) ?? 0);
  } catch {
    return 0; // storage is off
  }
};

// Where one comes back to; null where one comes anew. Read at once: the page scrolls as its content is exchanged.
let wanted = ["back_forward", "reload"].includes(performance.getEntriesByType("navigation")[0]?.type) ? saved() : null;
let pending = 0;

const store = () => {
  pending = 0;
  try {
    sessionStorage.setItem(key(), String(Math.round(scrollY)));
  } catch {
    // storage is off
  }
};

addEventListener("popstate", () => { wanted = saved(); });
addEventListener("scroll", () => {
  if (wanted === null) pending ||= setTimeout(store, 150);
}, { passive: true });
// The address is still that of the page that is left.
addEventListener("click", () => {
  wanted = null;
  if (!pending) return;
  clearTimeout(pending);
  store();
}, { capture: true });

/** The page is there: goes to where it was left, if one comes back to it. */
export function remember() {
  const top = wanted;
  wanted = null;
  if (top > 0) requestAnimationFrame(() => scrollTo({ top, behavior: "instant" }));
}
