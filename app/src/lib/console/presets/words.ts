/** Words of the presets. */

import { plural } from "#lib/console/words.ts";

export const words = {
  title: "Saved set-ups",
  save: "Save this one…",
  saveTitle: "Save the set-up",
  saveText: "Instruments, limits and settings, kept in this browser. No people, no prices.",
  saveAction: "Save",
  replaceAction: "Replace it",
  name: "Name",
  needName: "Give it a name.",
  taken: "A set-up of this name exists: it will be replaced.",
  chooseAnother: "A set-up of this name exists. Choose another name.",
  full: "It could not be saved. Delete another set-up, or free space in the browser.",
  unreachable: "The room's settings could not be read. Try again.",
  empty: "None yet. Save a set-up to start another room with it in one click.",
  content: (count: number) => plural(count, "instrument", "instruments"),
  apply: "Apply",
  start: (name: string) => `Start with ${name}`,
  applying: (done: number, all: number) => `${done} of ${all}`,
  notEmpty: "A set-up can be applied in a room without instruments.",
  cancelsHint:
    "It was saved in a room that cancels orders when a connection drops. Only a new room can do that: create one in the lobby with this set-up.",
  stopped: (name: string, why: string) => `${name} was applied in part: ${why}`,
  again: "Go on",
  noUnderlying: (symbol: string) => `The scalar under ${symbol} is missing.`,
  rename: "Rename…",
  renameTitle: (name: string) => `Rename ${name}`,
  renameAction: "Rename",
  remove: "Delete…",
  removeTitle: (name: string) => `Delete ${name}?`,
  removeText: "Rooms that were set up with it stay as they are. This cannot be undone.",
  removeAction: "Delete",
} as const;
