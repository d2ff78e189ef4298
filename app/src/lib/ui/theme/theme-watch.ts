/** Lets a canvas follow the theme: an effect that calls this runs again when the theme changes. */

import { createSubscriber } from "svelte/reactivity";

export const followTheme = createSubscriber((update) => {
  const observer = new MutationObserver(update);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
});
