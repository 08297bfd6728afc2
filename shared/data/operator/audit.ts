import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { auditDays } from '#shared/contract/operator/audit.ts';
import { settings } from '#shared/platform/settings.ts';
import { db } from '../client.ts';
import { keys } from '../keys.ts';
import { type Page, queryPage } from '../table.ts';
import { nowInSeconds, updateIf } from '../write.ts';

const table = settings.chatTable();

/** What an operator has done. */
export interface Action {
  at: string;
  requestId: string;
  /** The ARN of the caller. */
  by: string;
  command: string;
  /** Whom or what it was about, as JSON. */
  about: string;
  reason?: string | undefined;
  /** "begun", "done" or the code of a problem. */
  outcome: string;
}

/** Records that an operator begins something. */
export async function recordAction(action: Action): Promise<void> {
  const expiresAt = nowInSeconds() + auditDays * 24 * 60 * 60;
  const Item = { ...keys.action(action.at, action.requestId), ...action, expiresAt };
  await db.send(new PutCommand({ TableName: table, Item }));
}

/** Records how it has ended. */
export async function recordOutcome({ at, requestId }: Action, outcome: string): Promise<void> {
  await updateIf({
    TableName: table,
    Key: keys.action(at, requestId),
    UpdateExpression: 'SET outcome = :outcome',
    ExpressionAttributeValues: { ':outcome': outcome },
  });
}

/** A page of what was done in a month, the newest first. */
export const listActions = (month: string, after?: string): Promise<Page<Action>> =>
  queryPage<Action>(table, keys.actionsIn(month), after, { newestFirst: true });
