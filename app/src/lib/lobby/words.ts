/** Words of the lobby. */

export const lobbyWords = {
  lead: "Open a room, share its link, and trade against each other on a real order book: scalars, calls and puts. No account, nothing to install.",
  create: {
    title: "Create a room",
    name: "Name of the room (optional)",
    namePlaceholder: "Friday game",
    template: "Starts with",
    preset: (name: string) => `Saved: ${name}`,
    templates: { options: "An index with calls and puts", empty: "No instruments" },
    passcode: "Passcode (optional)",
    passcodeHint: "Traders must type it to join.",
    submit: "Create room",
  },
  join: {
    title: "Join a room",
    code: "Room code or link",
    hint: "Six letters and digits, from the host.",
    placeholder: "ACDEFG",
    notACode: "This is not a room code or link. A code has six letters and digits.",
    neverInCodes: (wrong: string, never: string) =>
      `${wrong} cannot be in a room code: codes never contain ${never}.`,
    submit: "Join",
  },
  recent: {
    title: "Recent rooms",
    unnamed: "Unnamed room",
    closed: "Closed",
    closedHint: "The session is over: you can look at its results.",
    gone: "Gone",
    goneHint: "The server no longer has this room.",
    remove: (code: string) => `Remove room ${code} from the list`,
  },
} as const;
