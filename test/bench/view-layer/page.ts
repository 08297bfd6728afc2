import type { Message } from '#shared/contract/chats/message.ts';
import { en } from '../../../infra/local/playground/texts/en.ts';
import { ru } from '../../../infra/local/playground/texts/ru.ts';
import type { Props, Prototype } from './prototype.ts';

/** What is measured, each in a list of 1,000 messages but the first. */
const rowCount = 1000;

function message(seq: number): Message {
  const kind = seq % 20;
  const type = kind === 0 ? 'system' : kind === 1 ? 'ai' : 'text';
  return {
    id: `id-${seq}`,
    chatId: 'chat',
    seq,
    userId: `user-${Math.floor(seq / 3) % 7}`,
    userName: `User ${Math.floor(seq / 3) % 7}`,
    content: `Message ${seq}: ${'some words of ordinary length '.repeat(1 + (seq % 4))}`,
    type,
    createdAt: new Date(Date.UTC(2026, 0, 1) + seq * 600_000).toISOString(),
    ...(type === 'ai' && { metadata: { question: 'What now?', askedBy: 'user-1', suggestMeet: true } }),
  } as Message;
}

const messages = Array.from({ length: rowCount }, (_, n) => message(n + 51));
const older = Array.from({ length: 50 }, (_, n) => message(n + 1));
const base: Props = {
  messages,
  outgoing: [],
  readSeq: 0,
  userId: 'user-0',
  texts: en,
  nameOf: (userId) => userId,
  onRetry: () => {},
  onMeet: () => {},
};
const steps: [name: string, props: Props][] = [
  ['show 1,000 rows', base],
  ['show them again, nothing changed', base],
  ['add one at the end', { ...base, messages: [...messages, message(rowCount + 51)] }],
  ['take it away', base],
  ['put 50 older ones before', { ...base, messages: [...older, ...messages] }],
  ['change one row (read)', { ...base, messages: [...older, ...messages], readSeq: 10_000 }],
  ['all rows in another language', { ...base, messages: [...older, ...messages], readSeq: 10_000, texts: ru }],
];

/** Milliseconds of each step: script alone, and with the layout that it makes necessary. */
function measure(name: string): Record<string, [script: number, withLayout: number]> {
  const root = document.createElement('div');
  root.className = 'messages';
  document.body.replaceChildren(root);
  const show = (globalThis as unknown as Record<string, Prototype>)[name]?.(root);
  if (!show) throw new Error(`No prototype ${name}`);
  return Object.fromEntries(
    steps.map(([step, props]) => {
      void root.scrollHeight;
      const begin = performance.now();
      show(props);
      const script = performance.now() - begin;
      void root.scrollHeight;
      return [step, [script, performance.now() - begin]];
    }),
  );
}

/** What must be the same for each: the elements, but for the wrappers of own lists, and their text. */
const markup = () =>
  Array.from(
    document.querySelectorAll('.messages *:not(.rows)'),
    ({ tagName, classList, textContent }) => `${tagName} ${[...classList]} ${textContent?.replace(/\s/g, '')}`,
  ).join('\n');

Object.assign(globalThis, { measure, markup });
