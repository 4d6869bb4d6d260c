// What the page knows of its own connection to the server.

/** How it is connected: what cannot use a WebSocket polls, and each poll is a request of its own. */
export function transport() {
  const polls = performance.getEntriesByType("resource").filter(({ name }) => /\/_blazor\?(.*&)?id=/.test(name));
  return polls.length > 1 ? "longPolling" : "webSocket";
}

/** Answers at once: how long that takes is the way there and back. */
export function ping() {
  return true;
}
