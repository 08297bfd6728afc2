import { expect, test } from 'vitest';
import { arranged } from '../../../../../infra/local/playground/state/list/arranged.ts';

const chat = (id: string, pinned = false, archived = false) => ({ id, place: { pinned, archived } });
const ids = (chats: { id: string }[]) => chats.map(({ id }) => id).join();

test('pinned chats come first, archived ones apart, and all keep their order', () => {
  const chats = [
    { id: 'a' },
    chat('b', true),
    chat('c', false, true),
    chat('d'),
    chat('e', true, true),
    chat('f', true),
    chat('g', false, true),
  ];
  const { shown, archived } = arranged(chats);
  expect(ids(shown)).toBe('b,f,a,d');
  expect(ids(archived)).toBe('e,c,g');
});
