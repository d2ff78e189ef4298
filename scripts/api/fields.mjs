/** Reads a valibot object schema as a list of fields. Knows valibot's shapes and nothing of what the fields mean. */

import * as v from "valibot";

/**
 * @typedef {object} Field
 * @property {string} name
 * @property {boolean} required
 * @property {string} type as shown: `integer`, `"buy" | "sell"`, `Instrument[]`
 * @property {string} bounds of the value in words, or empty
 * @property {string} description empty where the schema has none
 * @property {string} key schema that the field belongs to, and its name: `order_ack.qty`
 */

/**
 * @param {string} owner name of the schema, for `key`
 * @param {any} schema an object schema
 * @param {Map<unknown, string>} named schemas that are shown by name
 * @returns {Field[]}
 */
export function fieldsOf(owner, schema, named = new Map()) {
  return Object.entries(schema.entries).map(([name, entry]) => {
    const { inner, optional } = unwrapOptional(entry);
    return {
      name,
      required: !optional,
      type: typeOf(inner, named),
      bounds: boundsOf(inner),
      description: descriptionOf(inner),
      key: `${owner}.${name}`,
    };
  });
}

function unwrapOptional(schema) {
  return schema.type === "optional"
    ? { inner: schema.wrapped, optional: true }
    : { inner: schema, optional: false };
}

/** The schema's own description; empty if it has none. */
export function descriptionOf(schema) {
  return (
    v.getDescription(schema) ?? (schema.wrapped === undefined ? "" : descriptionOf(schema.wrapped))
  );
}

/** A type in a reader's words. */
export function typeOf(schema, named) {
  const name = named.get(schema);
  if (name !== undefined) return name;
  // A pipe keeps the schema that it began with as its first item: a described schema is still the named one.
  const root = schema.pipe?.[0];
  if (root !== undefined && named.has(root)) return named.get(root);
  switch (schema.type) {
    case "string":
      return "string";
    case "number":
      return actionsOf(schema).some(({ type }) => type === "integer" || type === "safe_integer")
        ? "integer"
        : "number";
    case "boolean":
      return "boolean";
    case "unknown":
      return "any JSON";
    case "literal":
      return JSON.stringify(schema.literal);
    case "picklist":
      return schema.options.map((option) => JSON.stringify(option)).join(" | ");
    case "union":
      return schema.options.map((option) => typeOf(option, named)).join(" | ");
    case "nullable":
      return `${typeOf(schema.wrapped, named)} | null`;
    case "array":
      return arrayOf(typeOf(schema.item, named));
    case "record":
      return `{[name]: ${typeOf(schema.value, named)}}`;
    case "tuple":
      return `[${schema.items.map((item) => typeOf(item, named)).join(", ")}]`;
    case "object":
      return `{${fieldsOf("", schema, named).map(fieldText).join(", ")}}`;
    default:
      throw new Error(`scripts/api/fields.mjs does not know valibot's "${schema.type}" yet`);
  }
}

function fieldText({ name, required, type }) {
  return `${name}${required ? "" : "?"}: ${type}`;
}

function arrayOf(item) {
  return item.includes(" | ") && !item.startsWith("{") ? `(${item})[]` : `${item}[]`;
}

/** The rules and remarks of a pipe, of those within it too. */
function actionsOf(schema) {
  return (schema.pipe ?? []).flatMap((item) =>
    item.kind === "schema" ? (item === schema ? [] : actionsOf(item)) : [item],
  );
}

function boundsOf(schema) {
  const rule = (type) => actionsOf(schema).find((action) => action.type === type)?.requirement;
  const [least, most] = [rule("min_value"), rule("max_value")];
  const [shortest, longest] = [rule("min_length"), rule("max_length")];
  const unit = schema.type === "array" ? "entries" : "characters";
  if (least !== undefined && most !== undefined) return `${least} to ${most}`;
  if (longest === undefined) return "";
  return shortest === undefined
    ? `at most ${longest} ${unit}`
    : `${shortest} to ${longest} ${unit}`;
}
