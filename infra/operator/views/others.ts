import type { AnswerTo } from '../commands.ts';
import { details, type Look, localTime, table } from './text.ts';

export const lock = ({ chatId, lockedAt }: AnswerTo<'lock-chat'>): string[] =>
  details({ chat: chatId, locked: lockedAt ? `since ${localTime(lockedAt)}` : 'no' });

export const announced = ({ message }: AnswerTo<'announce'>): string[] =>
  details({ message: message.id, chat: message.chatId, text: message.content });

export function audit({ actions }: AnswerTo<'audit'>, look: Look): string[] {
  const rows = actions.map(({ at, by, command, about, reason = '', outcome }) => [
    localTime(at),
    nameIn(by),
    command,
    outcome,
    about,
    reason,
  ]);
  if (rows.length === 0) return ['Nothing was done.'];
  return table(['at', 'by', 'command', 'outcome', 'about', 'reason'], rows, look);
}

/** The end of an ARN: "user/laptop", "assumed-role/Operators/anna". */
const nameIn = (arn: string): string => arn.split(':').at(-1) ?? arn;
