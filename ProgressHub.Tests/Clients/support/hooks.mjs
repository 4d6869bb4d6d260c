/** The least of React that a hook needs to run: state, effects and refs, rendered again when a state changes. */
export function mount(hookOf, ...args) {
  const slots = [];
  let [at, waiting, latest, stopped] = [0, false, undefined, false];
  const watchers = new Set();

  const react = {
    useState(initial) {
      const slot = (slots[at] ??= { value: initial });
      at += 1;
      slot.set ??= (next) => {
        slot.value = typeof next === "function" ? next(slot.value) : next;
        if (!waiting && !stopped) {
          waiting = true;
          queueMicrotask(render);
        }
      };
      return [slot.value, slot.set];
    },
    useRef(initial) {
      const slot = (slots[at] ??= { current: initial });
      at += 1;
      return slot;
    },
    useEffect(effect, deps) {
      const slot = (slots[at] ??= {});
      at += 1;
      if (slot.deps?.every((dep, index) => Object.is(dep, deps[index]))) return;
      slot.deps = deps;
      queueMicrotask(() => { slot.clean = effect(); });
    },
  };

  const hook = hookOf(react);
  function render() {
    [waiting, at] = [false, 0];
    latest = hook(...args);
    for (const watcher of watchers) watcher(latest);
  }
  render();

  return {
    /** Resolves with the first state that is as wanted. */
    until: (wanted) => new Promise((resolve) => {
      const look = (state) => {
        if (!wanted(state)) return;
        watchers.delete(look);
        resolve(state);
      };
      watchers.add(look);
      look(latest);
    }),
    unmount() {
      stopped = true;
      for (const slot of slots) slot.clean?.();
    },
  };
}
