import { expect, test } from 'vitest';
import type { Message } from '#shared/contract/chats/message.ts';
import { Editing, type Mentioned } from '../../../../../infra/local/playground/state/changes/editing.ts';
import { namesIn } from '../../../../../infra/local/playground/state/mentions.ts';

const names: Record<string, string> = { b: 'Boris', v: 'Vera' };

/** Edits a message of Anna's, and returns whom the edit mentions. */
async function edit(original: Partial<Message>, text: string, ...chosen: string[]): Promise<Mentioned | undefined> {
  const message: Message = {
    id: 'm1',
    chatId: 'lake',
    userId: 'a',
    userName: 'Anna',
    content: '',
    type: 'text',
    createdAt: '2026-01-01T00:00:00.000Z',
    seq: 1,
    ...original,
  };
  let sent: Mentioned | undefined;
  const editing = new Editing(
    {},
    {
      find: () => message,
      namesIn: (one) => namesIn(one, (id) => names[id]),
      send: async (_id, _content, mentioned) => {
        sent = mentioned;
      },
      onChange: () => {},
    },
  );
  editing.begin(message);
  editing.text = text;
  for (const id of chosen) editing.mention({ id, name: names[id] ?? id });
  await editing.save();
  return sent;
}

test('an edit mentions whom its text names, of those mentioned before and those chosen now', async () => {
  const original = { content: '@Boris, look', mentions: ['b'] };
  expect(await edit(original, '@Boris, look here')).toEqual({ mentions: ['b'], everyone: false });
  expect(await edit(original, 'Look')).toEqual({ mentions: [], everyone: false });
  expect(await edit(original, '@Vera and @Boris', 'v')).toEqual({ mentions: ['b', 'v'], everyone: false });
  expect(await edit(original, '@Vera, look')).toEqual({ mentions: [], everyone: false });
});

test('everyone stays mentioned in any language of the page while the text says so', async () => {
  const original = { content: '@все, сбор', everyone: true } as const;
  expect(await edit(original, '@все, сбор в два')).toEqual({ mentions: [], everyone: true });
  expect(await edit(original, 'Сбор')).toEqual({ mentions: [], everyone: false });
});

test('who was mentioned under a name that the text never had stays mentioned', async () => {
  expect(await edit({ content: '@Bob, look', mentions: ['b', 'gone'] }, 'Look')).toEqual({
    mentions: ['b', 'gone'],
    everyone: false,
  });
  expect(await edit({ content: 'To all', everyone: true }, 'To all of you')).toEqual({ mentions: [], everyone: true });
});

test('nothing is sent when the text is the same', async () => {
  expect(await edit({ content: '@Boris', mentions: ['b'] }, '@Boris')).toBeUndefined();
});

test('the word that stands for the files of a message without text is not its text', async () => {
  const metadata = { placeholder: 'photo' } as const;
  expect(await edit({ content: 'Photo', metadata }, '')).toBeUndefined();
  expect(await edit({ content: 'Photo', metadata }, 'Photo')).toEqual({ mentions: [], everyone: false });
});
