import { pause } from "../timing.js";
import { settle } from "./settle.js";

/**
 * Long polling: works through anything that lets a plain GET through. As a fallback it ends after a while, so that one
 * bad minute of the network does not leave a page polling for hours.
 * @param {import("../follow.js").Link} link
 */
export async function followByPolling(link) {
  const { ledger, signal, timing } = link;
  const termEnds = link.isFallback ? Date.now() + timing.pollTermMs : Infinity;

  await settle(link);
  link.opened();
  while (!ledger.finished && Date.now() < termEnds) {
    const askedAt = Date.now();
    const newsBefore = ledger.news;
    await settle(link, { waitSeconds: timing.longPollSeconds });

    // A server that does not hold its answers back, or cannot, must not be asked in a tight loop.
    const early = timing.pollFloorMs - (Date.now() - askedAt);
    if (!ledger.finished && ledger.news === newsBefore && early > 0) await pause(early, signal);
  }
}
