/** Security headers of all answers of the Worker. The app's files get the same from app/static/_headers. */

import type { MiddlewareHandler } from "hono";

const headers = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
  "Content-Security-Policy": "frame-ancestors 'none'",
};

export const securityHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  if (context.res.status === 101) return;
  const response = new Response(context.res.body, context.res);
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  context.res = response;
};
