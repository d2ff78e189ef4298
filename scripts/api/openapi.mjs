/**
 * HTTP endpoints as OpenAPI 3.1. It cannot express WebSocket messages: their addresses are described, and docs/api.md
 * has the rest.
 */

import { toJsonSchema } from "@valibot/to-json-schema";
import { PROTOCOL_VERSION } from "#protocol";
import { endpoints } from "./endpoints.mjs";

export function openApi() {
  const paths = {};
  for (const endpoint of endpoints) {
    paths[endpoint.path] ??= {};
    paths[endpoint.path][endpoint.method] = operation(endpoint);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "The Market Making Game",
      version: String(PROTOCOL_VERSION),
      summary: "Rooms, sessions, their debriefs and files. Trading goes over WebSockets.",
      description: "The messages of the WebSockets are on the page /api and in docs/api.md.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    paths,
    components: {
      securitySchemes: {
        token: {
          type: "http",
          scheme: "bearer",
          description: "The host's token, a resume token, or the class key of a closed session.",
        },
      },
    },
  };
}

function operation({ id, summary, text, parameters = [], body, bearer = false, responses }) {
  return {
    operationId: id,
    summary,
    description: text,
    ...(parameters.length === 0 ? {} : { parameters: parameters.map(parameter) }),
    ...(body === undefined
      ? {}
      : { requestBody: { required: false, content: json(schemaOf(body)) } }),
    // A ticket in the address replaces the token.
    ...(bearer ? { security: [{ token: [] }, {}] } : {}),
    responses: Object.fromEntries(
      responses.map((response) => [String(response.status), answer(response)]),
    ),
  };
}

function parameter({ name, in: place, text, values }) {
  return {
    name,
    in: place,
    required: place === "path",
    description: text,
    schema: { type: "string", ...(values === undefined ? {} : { enum: values }) },
  };
}

function answer({ text, schema, content }) {
  if (schema !== undefined) return { description: text, content: json(schemaOf(schema)) };
  if (content === undefined) return { description: text };
  return { description: text, content: Object.fromEntries(content.map((type) => [type, {}])) };
}

function json(schema) {
  return { "application/json": { schema } };
}

/**
 * OpenAPI 3.1 speaks JSON Schema 2020-12 by default, so the draft's name is left out. The characters that a text may
 * hold are described in docs/api.md: a pattern for them would be unreadable.
 */
function schemaOf(schema) {
  const { $schema: _draft, ...rest } = toJsonSchema(schema, {
    errorMode: "throw",
    ignoreActions: ["check"],
  });
  return rest;
}
