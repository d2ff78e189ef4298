/** A session read out of D1 in one piece, which no product code does. */

import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { tableNames, type ExportData, type TableName } from "#protocol";
import { listTable, readHeader } from "../read.ts";
import { participants } from "../schema.ts";
import type { ArchivedSession } from "./whole.ts";

/** The session whole, or null if there is none of that id. */
export async function readSession(
  db: D1Database,
  sessionId: string,
): Promise<ArchivedSession | null> {
  const header = await readHeader(db, sessionId);
  if (header === null) return null;
  const { user_id, name, role, session_id } = participants;
  const people = await drizzle(db)
    .select({ user_id, name, role })
    .from(participants)
    .where(eq(session_id, sessionId))
    .orderBy(user_id);
  const data: Partial<Record<TableName, object[]>> = {};
  for (const table of tableNames) {
    data[table] = [];
    for await (const page of listTable(db, sessionId, table)) data[table].push(...page);
  }
  return { ...header, participants: people, data: data as ExportData };
}
