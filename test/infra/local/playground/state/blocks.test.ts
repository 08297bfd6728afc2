import { expect, test } from 'vitest';
import type { Api } from '../../../../../infra/local/playground/client/rest/api.ts';
import { Blocks } from '../../../../../infra/local/playground/state/blocks.ts';

/** The list is answered when the test says so; each change succeeds. */
function start() {
  const answers: ((...ids: string[]) => void)[] = [];
  const listBlocks = () =>
    new Promise((resolve) => {
      answers.push((...ids) => resolve({ users: ids.map((id) => ({ id })) }));
    });
  const succeed = async () => {};
  const api = { users: { listBlocks, block: succeed, unblock: succeed } } as unknown as Api;
  return { answers, blocks: new Blocks(api, () => {}) };
}

test('before the list is loaded, a change does not make the others unblocked', async () => {
  const { answers, blocks } = start();
  const blocking = blocks.block('anna');
  await expect.poll(() => answers.length).toBe(1);
  expect(blocks.has('boris')).toBe(undefined);
  answers[0]?.('anna', 'boris');
  await blocking;
  expect([blocks.has('anna'), blocks.has('boris'), blocks.has('vera')]).toEqual([true, true, false]);
});

test('a list that was requested before a change does not undo it', async () => {
  const { answers, blocks } = start();
  const loading = blocks.load();
  answers[0]?.('boris');
  await loading;
  const again = blocks.load();
  await blocks.block('anna');
  await blocks.unblock('boris');
  answers[1]?.('boris');
  await again;
  expect([blocks.has('anna'), blocks.has('boris')]).toEqual([true, false]);
});
