/** The reading of a field's text, in the words that it shows: the value as it was read, or why there is none. */

import { uiWords } from "../words.ts";
import { type NumberField, plainly, readNumber, userLanguages } from "./typed-number.ts";

export interface Entered {
  /** null: the field is empty, or its text is no number. */
  readonly value: number | null;
  /** The value as it was read, to be shown beside a text that could be meant in another way. */
  readonly shown: string | null;
  readonly problem: string | null;
}

const words = uiWords.number;

export function entered(text: string, field: NumberField = {}): Entered {
  const reading = readNumber(text, userLanguages(), field);
  switch (reading.kind) {
    case "empty":
      return { value: null, shown: null, problem: null };
    case "number": {
      const { value, plain } = reading;
      return { value, shown: plain ? null : words.readAs(plainly(value)), problem: null };
    }
    case "ambiguous":
      return { value: null, shown: null, problem: words.ambiguous(...reading.readings) };
    default:
      return { value: null, shown: null, problem: words[reading.kind] };
  }
}

/**
 * A size as it will be used: in whole lots, of which the field tells if they are not what was typed.
 * @param lots rounds to whole lots
 */
export function enteredSize(text: string, lots: (qty: number) => number = (qty) => qty): Entered {
  const read = entered(text, { whole: true });
  if (read.value === null) return read;
  const problem =
    read.value <= 0 ? words.positive : Number.isInteger(read.value) ? null : words.whole;
  if (problem !== null) return { value: null, shown: null, problem };
  const value = lots(read.value);
  const shown = value === read.value ? read.shown : words.readAs(plainly(value));
  return { value, shown, problem: null };
}

/** Whether the text may still become a number: a sign or point before the first digit. */
export function isBeginning(text: string): boolean {
  return /^[+\-−–]?[.,]?$/.test(text.trim());
}
