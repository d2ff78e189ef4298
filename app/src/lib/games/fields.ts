/** The parameters of a game as fields of a form, read from their JSON Schema. Knows no game by name. */

import type { FormatDescription } from "#protocol";

interface FieldBase {
  name: string;
  label: string;
}

/** A number; without `whole` it may have decimals. */
interface NumberField extends FieldBase {
  kind: "number";
  min: number;
  max: number;
  whole: boolean;
  initial: number;
}
interface FlagField extends FieldBase {
  kind: "flag";
  initial: boolean;
}
interface TextField extends FieldBase {
  kind: "text";
  most: number;
  initial: string;
}
/** Questions with a number as their answer: a list of them, or a single one. */
interface QuestionsField extends FieldBase {
  kind: "questions";
  most: number;
  isList: boolean;
}
/** News of an index: the step from which on it moves by so much. */
interface NewsField extends FieldBase {
  kind: "news";
  most: number;
  initial: unknown;
}
/** A duty to quote. */
interface QuotingField extends FieldBase {
  kind: "quoting";
}
/** Rules on orders beyond the game's. */
interface RulesField extends FieldBase {
  kind: "rules";
}

export type ParamField =
  NumberField | FlagField | TextField | QuestionsField | NewsField | QuotingField | RulesField;

interface Schema {
  type?: unknown;
  description?: unknown;
  minimum?: unknown;
  maximum?: unknown;
  maxLength?: unknown;
  maxItems?: unknown;
  default?: unknown;
  enum?: unknown;
  items?: Schema;
  properties?: Record<string, Schema>;
  anyOf?: Schema[];
}

const numberOr = (value: unknown, otherwise: number) =>
  typeof value === "number" ? value : otherwise;
const has = (schema: Schema | undefined, ...names: string[]) =>
  names.every((name) => schema?.properties?.[name] !== undefined);

/** Fields of all parameters that a person can set, in the order of their declaration. */
export function fieldsOf({ params }: Pick<FormatDescription, "params">): ParamField[] {
  const { properties = {} } = params as Schema;
  return Object.entries(properties).flatMap(([name, schema]) => fieldOf(name, schema) ?? []);
}

function fieldOf(name: string, schema: Schema): ParamField | null {
  const { type, default: initial } = schema;
  const label = labelOf(name, schema);
  if (type === "boolean") return { name, label, kind: "flag", initial: initial === true };
  if (type === "integer" || type === "number") {
    const [min, max] = [numberOr(schema.minimum, -Infinity), numberOr(schema.maximum, Infinity)];
    const whole = type === "integer";
    return { name, label, kind: "number", min, max, whole, initial: numberOr(initial, 0) };
  }
  // A choice of one thing is none.
  if (type === "string" && schema.enum === undefined) {
    const text = typeof initial === "string" ? initial : "";
    return { name, label, kind: "text", most: numberOr(schema.maxLength, 200), initial: text };
  }
  if (type === "array" && has(schema.items, "question", "answer"))
    return { name, label, kind: "questions", most: numberOr(schema.maxItems, 40), isList: true };
  if (type === "object" && has(schema, "question", "answer"))
    return { name, label, kind: "questions", most: 1, isList: false };
  if (type === "array" && has(schema.items, "step", "vol"))
    return { name, label, kind: "news", most: numberOr(schema.maxItems, 10), initial };
  if (schema.anyOf?.some((one) => has(one, "max_width", "share")) === true)
    return { name, label, kind: "quoting" };
  if (schema.anyOf?.some((one) => has(one, "max_width", "cancel_all_on_trade")) === true)
    return { name, label, kind: "rules" };
  return null;
}

/** The meaning without its full stop, as labels have none. */
function labelOf(name: string, schema: Schema): string {
  const described = schema.description ?? schema.anyOf?.[0]?.description;
  return typeof described === "string" ? described.replace(/\.$/, "") : name;
}
