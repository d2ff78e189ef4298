/**
 * The parts of a room's object, put together: the turn and all that it works with, over the platform's sockets, storage,
 * timers and alarm. Decides nothing.
 */

import type { Outbox } from "#game/outbox.ts";
import { debriefPath } from "#protocol";
import { serverClock } from "../clock.ts";
import type { Env } from "../env.ts";
import { takeJoin } from "../limits/joins.ts";
import { passcodes } from "../limits/passcodes.ts";
import { log } from "../log.ts";
import { observeCommit, sums } from "../metrics.ts";
import { Absence } from "./turn/absence.ts";
import { exportLinks } from "./record/access.ts";
import { Activity } from "./turn/activity.ts";
import { Alarm } from "./turn/alarm.ts";
import { Archiving } from "./record/archiving.ts";
import { BotWatch } from "./turn/bot-watch.ts";
import { counting } from "./counting.ts";
import { Debriefing } from "./debrief/debriefing.ts";
import { engines } from "./engines.ts";
import { hashedJoin } from "./join-secrets.ts";
import { madeSecrets } from "./made-secrets.ts";
import { journalBytes, SqlJournal } from "./storage/journal.ts";
import { LiveRoom } from "./turn/live-room.ts";
import { processId } from "./process-id.ts";
import { Reception, type MakeSecrets } from "./turn/reception.ts";
import type { HashSecrets } from "./turn/admission.ts";
import { RoomRecord } from "./record/room-record.ts";
import { Retention } from "./record/retention.ts";
import { RoomClock } from "./room-clock.ts";
import { randomClassKey, randomSeed, randomToken } from "./secrets.ts";
import { wakeSlowly, wokenAtOnce } from "./storage/slow-wake.ts";
import { Setups } from "./setups.ts";
import { SnapshotSchedule } from "./turn/snapshot-schedule.ts";
import { Sockets } from "./sockets.ts";
import { Turn, type Disk, type Timer } from "./turn/turn.ts";

const timer: Timer = (delayMs, ring) => {
  const id = setTimeout(ring, delayMs);
  return () => clearTimeout(id);
};

/** Hands a value on once it is there, or the fault to throw instead of it. */
function given<Value>(value: Promise<Value>, then: (give: () => Value) => void): Promise<void> {
  return value.then(
    (made) => then(() => made),
    (fault: unknown) =>
      then(() => {
        throw fault;
      }),
  );
}

export class Assembly {
  readonly clock: RoomClock;
  readonly journal: SqlJournal;
  readonly sockets: Sockets;
  readonly activity = new Activity();
  /** The session so far, as tables. */
  readonly record: RoomRecord;
  /** Debrief and log of the session. */
  readonly debriefing: Debriefing;
  readonly archiving: Archiving;
  readonly setups: Setups;
  readonly retention: Retention;
  readonly snapshots: SnapshotSchedule;
  readonly absence: Absence;
  readonly alarm: Alarm;
  readonly live: LiveRoom;
  readonly turn: Turn<string>;
  readonly reception: Reception<string>;
  readonly #ctx: DurableObjectState;

  /** @param env is read anew each time: it may be another after a deploy */
  constructor(ctx: DurableObjectState, env: () => Env) {
    const { storage } = ctx;
    this.#ctx = ctx;
    this.clock = new RoomClock(serverClock, ctx.id.name ?? ctx.id.toString());
    this.journal = new SqlJournal(storage.sql, journalBytes(env()));
    this.sockets = new Sockets(ctx, this.clock.now());
    const { connections } = this.sockets;
    this.record = new RoomRecord(storage, this.journal, engines);
    this.debriefing = new Debriefing(storage, this.journal, engines);
    this.archiving = new Archiving({
      ...{ journal: this.journal, record: this.record, debriefing: this.debriefing },
      ...{ storage, env, clock: this.clock, classKey: () => this.classKey },
    });
    this.retention = new Retention(this.archiving, env, () => connections.roster.size > 0);
    this.setups = new Setups(this.journal);
    this.snapshots = new SnapshotSchedule(this.journal);
    this.absence = new Absence(this.journal, processId);
    this.alarm = new Alarm((wallMs) => void storage.setAlarm(wallMs), this.clock);
    this.live = this.#newLiveRoom();
    this.turn = new Turn({
      ...{ live: this.live, connections, disk: this.#disk(), timer, clock: this.clock },
      ...{ alarm: this.alarm, absence: this.absence, snapshots: this.snapshots },
      noteCommit: observeCommit,
      noteFault: (fault) => {
        const { room = "", seq = 0 } = this.live.room?.state ?? {};
        log("error", "room.fault", { room, seq, fault });
      },
    });
    this.reception = new Reception({
      ...{ live: this.live, connections, turn: this.turn, activity: this.activity },
      ...{ timer, clock: this.clock, joinLimits: { takeJoin, passcodes } },
      hashSecrets: this.#hashSecrets,
      makeSecrets: this.#makeSecrets,
      drawSeed: randomSeed,
      setupOf: (name) => this.setups.find(name),
    });
    for (const connection of connections.roster)
      if (connection.userId === null) this.reception.awaitJoin(connection);
  }

  /** The room's own secret, under which it makes tokens and tickets. */
  get ticketKey(): string {
    return this.journal.meta("ticket_key") ?? "";
  }

  /** The key with which the class opens the session once it is closed. Rooms of earlier releases get it when it is told. */
  get classKey(): string {
    const known = this.journal.meta("class_key");
    if (known !== null) return known;
    const made = randomClassKey();
    this.journal.setMeta("class_key", made);
    return made;
  }

  /** Path of the session's page, with the key. */
  debriefPath(): string {
    return debriefPath(this.live.room?.state.sessionId ?? "", this.classKey);
  }

  #disk(): Disk {
    const { journal } = this;
    const { storage } = this.#ctx;
    return {
      get pending() {
        return journal.pending;
      },
      commit: () => journal.commit(),
      discard: () => journal.discard(),
      sync: (durable, failed) => void storage.sync().then(durable, failed),
    };
  }

  #newLiveRoom(): LiveRoom {
    const { connections } = this.sockets;
    return new LiveRoom({
      ...{ stored: this.journal, engines, clock: this.clock, graceMs: this.absence.graceMs },
      companions: [this.retention, this.snapshots, this.absence, new BotWatch()],
      outbox: () => this.#outbox(),
      connectionsOf: (userId) => connections.roster.count(userId),
      ...{ wokenAtOnce, wakeSlowly: (out) => wakeSlowly(this.journal, engines, out) },
      created: () => {
        this.journal.setMeta("ticket_key", randomToken());
        this.journal.setMeta("class_key", randomClassKey());
      },
      woken: ({ room, replayed, snapshotFault: fault }) => {
        const { room: code, seq } = room.state;
        sums.rebuilds++;
        log("info", "room.rebuilt", { room: code, seq, replayed });
        if (fault !== null) log("error", "room.snapshot", { room: code, seq, fault });
      },
      untrusted: (fault) => log("error", "room.untrusted", { fault }),
      entered: () => this.turn.arm(),
    });
  }

  #outbox(): Outbox {
    const { connections } = this.sockets;
    const out = connections.outbox((inst, depth) => this.live.book(inst, depth), {
      exportFiles: (id, cid) => this.#ctx.waitUntil(this.#sendExport(id, cid)),
      archive: () => this.archiving.closed(this.clock.now()),
      debriefUrl: () => this.debriefPath(),
    });
    return counting(out, (connection) => {
      const userId = connections.roster.byId(connection)?.userId ?? null;
      if (userId !== null) this.activity.refused(userId, this.clock.now());
    });
  }

  readonly #hashSecrets: HashSecrets = (request, room, then) =>
    given(hashedJoin(request, room, this.ticketKey), then);

  readonly #makeSecrets: MakeSecrets = (request, userId, then) =>
    given(madeSecrets(request, userId, this.ticketKey), then);

  async #sendExport(connectionId: number, cid: string | undefined): Promise<void> {
    const { connections } = this.sockets;
    const connection = connections.roster.byId(connectionId);
    const room = this.live.open();
    if (connection === undefined || room === null) return;
    const { origin } = connection;
    const links = await exportLinks(room, this.ticketKey, origin, this.clock.now());
    const isClosed = room.state.closedAt !== null;
    const message = isClosed ? { ...links, debrief_url: this.debriefPath() } : links;
    connections.send(connection, cid === undefined ? message : { ...message, cid });
    // Ends a turn, and does not only flush: others may wait for a commit.
    this.turn.end();
  }
}
