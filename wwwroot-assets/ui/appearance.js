// Applies the appearance and the density the reader chose, before anything is painted. A classic script, so that the parser waits for
// it; ui/appearance-choice.js changes the choice later.
(() => {
  "use strict";
  // The first choice of each is the one of who has not chosen.
  const choices = { appearance: ["system", "light", "dark"], density: ["roomy", "compact"] };
  const keyOf = (name) => `progresshub.${name}`;

  const read = (name = "appearance") => {
    try {
      const choice = localStorage.getItem(keyOf(name));
      return choices[name].includes(choice) ? choice : choices[name][0];
    } catch {
      return choices[name][0]; // storage is off
    }
  };

  const apply = (name, choice) => {
    document.documentElement.dataset[name] = choice;
  };

  window.progressHubAppearance = {
    read,
    choose(choice, name = "appearance") {
      try {
        if (choice === choices[name][0]) localStorage.removeItem(keyOf(name));
        else localStorage.setItem(keyOf(name), choice);
      } catch {
        // storage is off: the choice lasts as long as the page
      }
      apply(name, choice);
    },
  };
  for (const name of Object.keys(choices)) apply(name, read(name));
})();
