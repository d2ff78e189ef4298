/** The app's files, and its page for every route of the app; a missing file stays missing. */

import type { Context } from "hono";
import type { Env } from "../env.ts";
import { httpError } from "./errors.ts";

export async function page({ req, env }: Context<{ Bindings: Env }>): Promise<Response> {
  // Cloudflare has looked for a file before it asks the Worker; a server of one's own has not.
  const file = await env.ASSETS.fetch(req.raw);
  if (file.status !== 404) return file;
  const { pathname, origin } = new URL(req.url);
  const isFile = /\.[a-z0-9]+$/i.test(pathname) || pathname.startsWith("/_app/");
  if (isFile) return httpError(404, "NOT_FOUND", "There is no such file.");
  const shell = await env.ASSETS.fetch(`${origin}/`);
  return new Response(shell.body, { status: 200, headers: shell.headers });
}
