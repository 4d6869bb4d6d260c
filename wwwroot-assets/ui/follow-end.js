// Keeps a scrolling list at its end while things are added, until the reader scrolls away from it.

/**
 * @param {HTMLElement} tail Holds the scrolling element (`.scroll`) and the button back to the end (`.to-end`).
 * @param {boolean} startAtEnd Whether it opens at its end.
 */
export function attach(tail, startAtEnd) {
  const scroll = tail.querySelector(".scroll");
  const nearEnd = 24; // pixels; a line that is half visible counts as the end
  let following = startAtEnd;
  let height = scroll.scrollHeight;

  // What came last may ask to be read from its start: then the list goes no further than that.
  const end = () => {
    const bottom = scroll.scrollHeight - scroll.clientHeight;
    const last = [...scroll.querySelectorAll("[data-from-start]")].at(-1);
    return last?.matches(":last-child") ? Math.min(bottom, last.offsetTop) : bottom;
  };
  const atEnd = () => end() - scroll.scrollTop <= nearEnd;
  const set = (value) => {
    following = value;
    tail.dataset.following = String(value || atEnd());
  };
  const toEnd = () => { scroll.scrollTop = end(); };
  const grown = () => {
    if (following) toEnd();
    height = scroll.scrollHeight;
    tail.dataset.following = String(following || atEnd());
  };

  scroll.addEventListener("scroll", () => {
    // A scroll that comes from the content growing or shrinking is not the reader's.
    if (scroll.scrollHeight === height) set(atEnd());
    height = scroll.scrollHeight;
  }, { passive: true });

  tail.querySelector(".to-end").addEventListener("click", () => {
    toEnd();
    set(true);
    scroll.focus({ preventScroll: true });
  });

  new MutationObserver(grown).observe(scroll, { childList: true, subtree: true, characterData: true });
  scroll.addEventListener("load", grown, true); // a picture takes its room once it is there
  tail.addEventListener("toend", () => {
    toEnd();
    set(true);
  });

  if (startAtEnd) toEnd();
  else scroll.scrollTop = 0;
  set(startAtEnd || atEnd());
}

/** Goes to the end of a list and stays there, wherever its reader was. */
export function toEnd(tail) {
  tail.dispatchEvent(new CustomEvent("toend"));
}
