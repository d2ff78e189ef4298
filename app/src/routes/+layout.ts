/** One page for everything: rooms exist only at run time, so nothing is rendered ahead. */
export const ssr = false;
export const prerender = false;
