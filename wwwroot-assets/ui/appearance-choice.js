// What the appearance button calls.
export const read = () => window.progressHubAppearance.read();
export const choose = (choice) => window.progressHubAppearance.choose(choice);
