/** Handlers by name. */
export class Listeners {
  /** @type {Map<string, Set<(value: any) => void>>} */
  #handlers = new Map();

  /**
   * @param {string} type
   * @param {(value: any) => void} handler
   * @returns {() => void} Removes it.
   */
  add(type, handler) {
    const handlers = this.#handlers.get(type) ?? new Set();
    this.#handlers.set(type, handlers.add(handler));
    return () => void handlers.delete(handler);
  }

  /**
   * @param {string} type
   * @param {unknown} value
   */
  emit(type, value) {
    for (const handler of this.#handlers.get(type) ?? []) {
      try {
        handler(value);
      } catch (error) {
        report(error);
      }
    }
  }
}

/** A mistake in somebody's handler shows up as an uncaught error, as it would in an event handler of the page. */
function report(/** @type {unknown} */ error) {
  if (typeof globalThis.reportError === "function") globalThis.reportError(error);
  else console.error(error);
}
