/**
 * `npm run bench`, `bench:engine`, `bench:room`, `bench:wake`, `bench:screens`: speeds, as ratios within one run where
 * there is something to compare with; the room's also of a server that runs already: `npm run bench:room -- <its address>`.
 * `bench:soak` and `bench:long`, which are no part of `bench`: what a server is like after `MINUTES` of fifty busy rooms,
 * and what the files and the archive of a session of `N` requests cost its other rooms.
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
if (only === "long") {
  const { benchLongSession } = await import("./long-session.ts");
  await benchLongSession();
}
if (only === "soak") {
  const { soak } = await import("./soak.ts");
  await soak(Number(process.env.MINUTES ?? 10));
}
