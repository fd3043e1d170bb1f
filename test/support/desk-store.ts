import type { Store } from "#core/ports.ts";
import { TICKET_STATES } from "#core/ticket.ts";
import type { AuditEntry } from "#core/audit.ts";
import { createAudit } from "#desk/audit.ts";
import { readTicket, TICKETS, type TicketRecord } from "#desk/record.ts";

const DAY_MS = 86_400_000;
const ALL = 1_000_000;

/** Every question that is kept, whatever became of it. */
export async function ticketsIn({ records }: Store): Promise<TicketRecord[]> {
  const listed = await Promise.all(
    TICKET_STATES.map((value) => records.list(TICKETS, { by: "index", name: "state", value, limit: ALL })),
  );
  return listed.flat().flatMap((each) => readTicket(each) ?? []);
}

/** What was done of late of these kinds: ids of questions and entries, in order, one for each line of the audit log. */
export async function doneIn({ records }: Store, deed: AuditEntry["did"]): Promise<string[]> {
  const days = [Date.now() - DAY_MS, Date.now()].map((at) => new Date(at).toISOString().slice(0, 10));
  const lines = await Promise.all(days.map((day) => createAudit(records).list({ day }, ALL)));
  return lines
    .flat()
    .filter(({ did }) => did === deed)
    .map(({ on }) => on)
    .toSorted();
}
