// Applies the appearance the reader chose, before anything is painted. A classic script, so that the parser waits for
// it; ui/appearance-choice.js changes the choice later.
(() => {
  "use strict";
  const storageKey = "progresshub.appearance";

  const read = () => {
    try {
      const choice = localStorage.getItem(storageKey);
      return choice === "light" || choice === "dark" ? choice : "system";
    } catch {
      return "system"; // storage is off
    }
  };

  const apply = (choice) => {
    document.documentElement.dataset.appearance = choice;
  };

  window.progressHubAppearance = {
    read,
    choose(choice) {
      try {
        if (choice === "system") localStorage.removeItem(storageKey);
        else localStorage.setItem(storageKey, choice);
      } catch {
        // storage is off: the choice lasts as long as the page
      }
      apply(choice);
    },
  };
  apply(read());
})();
