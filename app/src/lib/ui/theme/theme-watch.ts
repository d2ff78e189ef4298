/** Lets a painted canvas follow a change of theme: an effect that reads this runs again. */

import { createSubscriber } from "svelte/reactivity";

export const followTheme = createSubscriber((update) => {
  const observer = new MutationObserver(update);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
});
