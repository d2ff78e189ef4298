/** `npm run bench`, `bench:engine`, `bench:room`, `bench:wake` and `bench:screens`: speeds (the room's also of a server that runs already: `npm run bench:room -- <its address>`), as ratios within one run where there is something to compare with. */

const [only, url] = process.argv.slice(2);
if (only === undefined || only === "engine") {
  const { benchEngine } = await import("./engine.ts");
  await benchEngine();
}
if (only === undefined || only === "room") {
  const { benchRoom } = await import("./room.ts");
  await benchRoom(url);
}
if (only === undefined || only === "screens") {
  const { benchScreens } = await import("./screens.ts");
  await benchScreens();
}
if (only === undefined || only === "wake") {
  const { benchWake } = await import("./wake.ts");
  await benchWake();
}
