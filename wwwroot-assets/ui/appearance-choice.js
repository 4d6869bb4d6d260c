// What the appearance button and the settings call; without a name it is the appearance.
export const read = (name) => window.progressHubAppearance.read(name);
export const choose = (choice, name) => window.progressHubAppearance.choose(choice, name);
