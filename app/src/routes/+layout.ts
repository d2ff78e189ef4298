/** A single page for all addresses: rooms exist only at run time, so nothing can be rendered before. */
export const ssr = false;
export const prerender = false;
