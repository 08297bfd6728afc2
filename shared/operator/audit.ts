import type { listAudit } from '#shared/contract/operator/audit.ts';
import type { AnswerOf, InputOf } from '#shared/contract/operator/command.ts';
import { listActions } from '#shared/data/operator/audit.ts';

/** What operators have done in a month, by default in this one. */
export async function list({ month, cursor }: InputOf<typeof listAudit>): Promise<AnswerOf<typeof listAudit>> {
  const { items, next } = await listActions(month ?? new Date().toISOString().slice(0, 7), cursor);
  const actions = items.map(({ at, by, command, about, reason, outcome, requestId }) => ({
    at,
    by,
    command,
    about,
    ...(reason && { reason }),
    outcome,
    requestId,
  }));
  return { actions, ...(next && { cursor: next }) };
}
