/** Stands for `$app/navigation` in component tests: nobody leaves the page. */

export const goto = () => Promise.resolve();
export const replaceState = () => {};
