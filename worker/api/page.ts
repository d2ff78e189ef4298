/**
 * The app's files, and its page for every route of the app; a missing file stays missing. Each route's page begins to load
 * what the route needs: scripts/page-shells.mjs writes them, with `_` in the place of a parameter.
 */

import type { Context } from "hono";
import type { Env } from "../env.ts";
import { httpError } from "./errors.ts";

export async function page({ req, env }: Context<{ Bindings: Env }>): Promise<Response> {
  const { pathname } = new URL(req.url);
  // Cloudflare looks for a file before it asks the Worker; a server of one's own does not.
  const file = await asset(env, req.raw, pathname);
  if (file.status !== 404) return file;
  const isFile = /\.[a-z0-9]+$/i.test(pathname) || pathname.startsWith("/_app/");
  if (isFile) return httpError(404, "NOT_FOUND", "There is no such file.");
  const own = await asset(env, req.raw, pathname.replace(/^\/(r|s|practice)\/[^/]+/, "/$1/_"));
  return own.status === 404 ? asset(env, req.raw, "/") : own;
}

/** A file by its path, for this request's conditions; compressed if the build has left it so and the client takes it. */
async function asset(env: Env, request: Request, pathname: string): Promise<Response> {
  const fetchFrom = (path: string) =>
    env.ASSETS.fetch(new Request(new URL(path, request.url), request));
  const encoding = env.SELF_HOSTED === undefined ? undefined : encodingFor(request);
  const name = nameOf(pathname);
  const type = types[/\.([a-z]+)$/.exec(name)?.[1] ?? ""];
  if (encoding === undefined || type === undefined) return fetchFrom(pathname);
  const packed = await fetchFrom(`${name}.${encoding.suffix}`);
  if (packed.status === 404) return fetchFrom(pathname);
  const headers = new Headers(packed.headers);
  headers.set("Content-Type", type);
  headers.set("Content-Encoding", encoding.name);
  headers.set("Vary", "Accept-Encoding");
  return new Response(packed.body, { status: packed.status, headers, encodeBody: "manual" });
}

/** Compressed forms that the build leaves beside each file, the smaller first. */
const encodings = [
  { name: "br", suffix: "br" },
  { name: "gzip", suffix: "gz" },
] as const;

function encodingFor(request: Request): (typeof encodings)[number] | undefined {
  const header = request.headers.get("accept-encoding") ?? "";
  const accepted = header.split(",").filter((one) => !/;\s*q=0(\.0*)?\s*$/.test(one));
  const names = new Set(accepted.map((one) => one.split(";")[0]?.trim()));
  return encodings.find(({ name }) => names.has(name));
}

/** Endings of files that are worth compressing. */
const types: Record<string, string> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  json: "application/json",
  svg: "image/svg+xml",
};

/** Finds the file behind a path: addresses of pages leave out their ending. */
function nameOf(pathname: string): string {
  if (pathname === "/") return "/index.html";
  return /\.[^/]*$/.test(pathname) ? pathname : `${pathname}.html`;
}
