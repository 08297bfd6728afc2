import type { AnswerTo } from '../commands.ts';
import { details, type Look, localTime, table } from './text.ts';

const timeOf = (time: string | undefined) => time && localTime(time);

const person = ({ id, name, email, phone, createdAt, suspendedAt, lastUsedAt }: AnswerTo<'user'>['user']) => ({
  id,
  name,
  email,
  phone,
  created: localTime(createdAt),
  suspended: timeOf(suspendedAt),
  'last used': timeOf(lastUsedAt),
});

export function user(answer: AnswerTo<'user'>, look: Look): string[] {
  const { chats, blocks, googleLinked, sessions } = answer;
  const numbers = { chats: String(chats), blocks: String(blocks), google: googleLinked ? 'linked' : 'not linked' };
  const rows = sessions.map(({ device, createdAt, lastUsedAt }) => [
    device,
    localTime(createdAt),
    localTime(lastUsedAt),
  ]);
  return [
    ...details({ ...person(answer.user), ...numbers }),
    ...(rows.length > 0 ? ['', ...table(['session', 'since', 'last used'], rows, look)] : []),
  ];
}

export const suspension = (answer: AnswerTo<'suspend'>): string[] => details(person(answer.user));

export const erased = (): string[] => ['The account is erased.'];
