// Browsers make no element higher than some 16 to 33 million pixels, and a log of a million rows would be 20 million. A
// higher one is scrolled in a lower space: one to one near both ends, and in larger steps between them.

/** How high the space is at most, in pixels. */
export const MOST = 8_000_000;

/** How much of it at each end is one to one. */
export const EXACT = 1_000_000;

/**
 * @param {number} whole How high all rows are, in pixels.
 * @param {number} view How much of them is seen at once.
 */
export function scaleOf(whole, view) {
  const space = Math.min(whole, MOST);
  const lastScroll = Math.max(0, space - view);
  const lastTop = Math.max(0, whole - view);
  const isScaled = whole > space;
  const slope = isScaled ? (lastTop - 2 * EXACT) / (lastScroll - 2 * EXACT) : 1;

  return {
    space,
    lastScroll,
    lastTop,
    isScaled,

    /** The place in the rows that a place in the space stands for. */
    topOf(/** @type {number} */ scroll) {
      if (!isScaled || scroll <= EXACT) return scroll;
      if (scroll >= lastScroll - EXACT) return lastTop - (lastScroll - scroll);
      return EXACT + (scroll - EXACT) * slope;
    },

    /** The place in the space that stands for a place in the rows. */
    scrollOf(/** @type {number} */ top) {
      if (!isScaled || top <= EXACT) return top;
      if (top >= lastTop - EXACT) return lastScroll - (lastTop - top);
      return EXACT + (top - EXACT) / slope;
    },
  };
}
