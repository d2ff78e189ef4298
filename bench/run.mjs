/**
 * `npm run bench`, `bench:fair`, `bench:engine`, `bench:room`, `bench:wake`, `bench:screens`, `bench:replay`: speeds, as ratios within one run where
 * there is something to compare with; the room's also of a server that runs already: `npm run bench:room -- <its address>`.
 * Not part of `bench`: `bench:soak` measures a server during `MINUTES` of fifty busy rooms, and `bench:long` the cost of
 * the files and the archive of a session of `N` requests to other rooms, `bench:debrief` that of its debrief, and
 * `bench:bots` that of bots.
 */

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
if (only === undefined || only === "fair") {
  const { benchFair } = await import("./fair.ts");
  benchFair();
}
if (only === undefined || only === "replay") {
  const { benchReplay } = await import("./replay.ts");
  benchReplay();
}
if (only === "long") {
  const { benchLongSession } = await import("./long-session.ts");
  await benchLongSession();
}
if (only === "debrief") {
  const { benchDebrief } = await import("./debrief.ts");
  await benchDebrief();
}
if (only === "bots") {
  const { benchBots } = await import("./bots.ts");
  await benchBots();
}
if (only === "soak") {
  const { soak } = await import("./soak.ts");
  await soak(Number(process.env.MINUTES ?? 10));
}
