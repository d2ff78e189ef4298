/** `npm run bench`, `bench:engine` and `bench:room`: speeds as ratios within one run. */

const [only] = process.argv.slice(2);
if (only === undefined || only === "engine") {
  const { benchEngine } = await import("./engine.ts");
  await benchEngine();
}
if (only === undefined || only === "room") {
  const { benchRoom } = await import("./room.ts");
  await benchRoom();
}
