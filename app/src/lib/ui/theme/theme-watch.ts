/** Lets what is painted on a canvas follow a change of theme: reading it in an effect is enough. */

import { createSubscriber } from "svelte/reactivity";

export const followTheme = createSubscriber((update) => {
  const observer = new MutationObserver(update);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
});
