/** Who may import whom: protocol <- game <- worker/room; data flows one way, and there are no cycles. */

const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });
const notTest = "\\.test\\.ts$|/testing/|\\.setup\\.ts$";
const ours =
  "^(protocol|game|edge|guard|worker|local|client|app|engine-wasm|e2e|bench|scripts|simulation)/";
const within = (folder, pathNot = notTest) => ({ path: `^${folder}/`, pathNot });

/** Code of the app that runs in workers, and the messages that pages exchange with it. */
const engineFolder = "^app/src/lib/engine/";
const workers = `${engineFolder}(?!messages\\.ts)`;

/** Files of a room's turn, over ports: the room's object and the simulation run the same. */
const turn = "^worker/(line|metrics|room/turn/[a-z-]+)\\.ts$";

module.exports = {
  forbidden: [
    rule("no-cycles", "A cycle has no layers.", {}, { circular: true }),
    rule("protocol-is-alone", "The protocol imports nothing of ours.", within("protocol"), {
      path: ours,
      pathNot: "^protocol/",
    }),
    rule(
      "game-is-pure",
      "The game knows the protocol and an engine port, no platform.",
      within("game"),
      {
        path: ours,
        pathNot: "^(protocol|game)/",
      },
    ),
    rule("game-has-no-platform", "No Node, no Cloudflare in the game.", within("game"), {
      dependencyTypes: ["core"],
    }),
    rule("edge-knows-the-protocol", "Code shared by guard and Worker is pure.", within("edge"), {
      path: ours,
      pathNot: "^(edge|protocol)/",
    }),
    rule("edge-has-no-platform", "No Node, no Cloudflare in shared code.", within("edge"), {
      dependencyTypes: ["core"],
    }),
    rule("guard-knows-no-game", "The guard knows frames, and no room.", within("guard"), {
      path: ours,
      pathNot: "^(guard|edge|protocol)/",
    }),
    rule(
      "nothing-knows-the-guard",
      "The guard is the launcher's.",
      { pathNot: "^(guard|scripts)/" },
      { path: "^guard/" },
    ),
    rule(
      "engine-facade-knows-the-port",
      "The facade knows the ABI and the port only.",
      within("worker/engine"),
      {
        path: ours,
        pathNot: "^(worker/engine/|game/engine-port\\.ts$|protocol/)",
      },
    ),
    rule("archive-knows-no-room", "The archive stores rows.", within("worker/archive"), {
      path: ours,
      pathNot: "^(worker/archive|protocol)/",
    }),
    rule(
      "api-knows-no-room-object",
      "The API speaks to the room over its routes.",
      within("worker/api"),
      {
        path: "^worker/room/(?!secrets\\.ts)",
      },
    ),
    rule("room-knows-no-api", "The object does not know its callers.", within("worker/room"), {
      path: "^(worker/api|app)/",
    }),
    rule(
      "app-knows-the-protocol",
      "Pages know the protocol, the client's line, and of the game what is pure: formats, dealing, fair values. No engine, no server.",
      within("app", `${notTest}|${engineFolder}`),
      {
        path: ours,
        pathNot: [
          "^(app|protocol|client/line|game/(formats|dealing|fair))/|^game/rounds/listing\\.ts$",
          // The module's address, which the page gives to its worker.
          "^engine-wasm/dist/engine\\.wasm",
        ],
      },
    ),
    rule("client-knows-the-protocol", "A client knows the protocol only.", within("client"), {
      path: ours,
      pathNot: "^(client|protocol)/",
    }),
    rule(
      "client-runs-anywhere",
      "The client runs in Node and in browsers: nothing of Node, and no package, outside its programs.",
      { path: "^client/(line|state|[a-z-]+\\.ts$)", pathNot: notTest },
      { path: "^node_modules/|^client/(bots|certify)/", dependencyTypesNot: ["type-only"] },
    ),
    rule(
      "client-has-no-core",
      "No Node in the client outside its programs.",
      { path: "^client/(line|state|[a-z-]+\\.ts$)", pathNot: notTest },
      { dependencyTypes: ["core"] },
    ),
    rule(
      "line-knows-no-room",
      "The line and its requests keep nothing of a room.",
      within("client/line"),
      { path: "^client/(?!line/)" },
    ),
    rule(
      "workers-run-rooms",
      "A worker of a page runs the game with its engine, and a room without a server.",
      { path: engineFolder, pathNot: notTest },
      {
        path: ours,
        pathNot:
          "^(app/src/lib/(engine|net)|protocol|client/line|game|local|worker/engine|engine-wasm/dist)/",
      },
    ),
    rule(
      "pages-load-workers",
      "A page starts a worker by its address, and exchanges messages with it.",
      within("app", `${notTest}|${workers}`),
      { path: workers },
    ),
    rule(
      "local-rooms-run-the-turn",
      "A room without a server runs the real turn, over ports.",
      within("local"),
      { path: ours, pathNot: ["^(local|protocol|game)/", turn] },
    ),
    rule("local-rooms-have-no-platform", "No Node in a browser's room.", within("local"), {
      dependencyTypes: ["core"],
    }),
    rule(
      "only-workers-know-local-rooms",
      "A room without a server is a page's.",
      { pathNot: ["^local/", engineFolder, notTest] },
      { path: "^local/" },
    ),
    rule(
      "trading-is-the-ground-floor",
      "The arithmetic of the market knows the protocol only.",
      within("app/src/lib/trading"),
      { path: ours, pathNot: "^(app/src/lib/trading|protocol)/" },
    ),
    rule(
      "rooms-know-no-sister",
      "A room of the terminal knows the sender, the desk and the shared parts.",
      { path: "^app/src/lib/terminal/([^/]+)/", pathNot: notTest },
      {
        path: "^app/src/lib/terminal/",
        pathNot: "^app/src/lib/terminal/($1|orders|desk|parts)/",
      },
    ),
    rule(
      "console-parts-know-no-sister",
      "A part of the console knows its desk, and no other part.",
      { path: "^app/src/lib/console/([^/]+)/", pathNot: notTest },
      { path: "^app/src/lib/console/[^/]+/", pathNot: "^app/src/lib/console/($1|desk)/" },
    ),
    rule(
      "orders-know-no-desk",
      "The sender of orders stands below the desk.",
      within("app/src/lib/terminal/orders"),
      { path: "^app/src/lib/terminal/(?!orders/)" },
    ),
    rule(
      "desk-knows-no-parts",
      "The desk stands below all panels.",
      within("app/src/lib/terminal/desk"),
      { path: "^app/src/lib/terminal/(?!(orders|desk)/)" },
    ),
    rule(
      "terminal-knows-no-other-screen",
      "Screens know their shared parts, and not each other.",
      within("app/src/lib/terminal"),
      {
        path: "^app/src/lib/[^/]+/",
        pathNot: "^app/src/lib/(terminal|chart|lens|net|notices|round|state|trading|ui)/",
      },
    ),
    rule(
      "server-knows-no-app",
      "Nothing of the server imports the app.",
      within("(protocol|game|edge|guard|worker)"),
      {
        path: "^(app|client|e2e|bench|scripts)/",
      },
    ),
    rule(
      "simulation-knows-the-pure-parts",
      "The simulation plays the platform, and runs the real turn.",
      { path: "^simulation/" },
      {
        path: ours,
        pathNot: ["^(simulation|protocol|game|worker/engine)/", turn],
      },
    ),
    rule(
      "turn-knows-no-platform",
      "A turn gets sockets, storage, timers and clock as ports.",
      { path: turn },
      {
        path: ours,
        pathNot: ["^(protocol|game|edge)/", turn],
      },
    ),
    rule(
      "turn-has-no-platform",
      "No Node, no Cloudflare, no package in a turn.",
      { path: turn },
      { path: "^cloudflare:|^node_modules/", dependencyTypesNot: ["type-only"] },
    ),
    rule("turn-has-no-core", "No Node in a turn.", { path: turn }, { dependencyTypes: ["core"] }),
    rule(
      "nothing-knows-the-simulation",
      "The simulated parts do not know the simulation.",
      { pathNot: "^simulation/" },
      { path: "^simulation/" },
    ),
    rule(
      "barrel-only-of-protocol",
      "Barrel files hide dependencies.",
      {},
      {
        path: ours + ".*/index\\.ts$",
        pathNot: "^(protocol|worker)/index\\.ts$",
      },
    ),
    rule(
      "cloudflare-in-shells-only",
      "cloudflare:workers belongs to the entry and the room object.",
      {
        path: "^(protocol|game|worker/(api|engine|archive)|app)/",
        pathNot: notTest,
      },
      { path: "^cloudflare:" },
    ),
    rule(
      "nothing-missing",
      "An import must resolve.",
      { pathNot: notTest },
      {
        couldNotResolve: true,
        pathNot: "^(cloudflare:|#lib|\\$app|\\./\\$types)",
      },
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(node_modules|build|\\.svelte-kit|\\.wrangler)/" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "svelte", "browser", "default", "types"],
      extensions: [".ts", ".js", ".mjs", ".svelte", ".json", ".wasm", ".d.ts"],
    },
  },
};
