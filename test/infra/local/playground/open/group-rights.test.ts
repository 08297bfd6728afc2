import { expect, test } from 'vitest';
import { successorIn } from '../../../../../infra/local/playground/state/open/group-rights.ts';
import type { Member } from '../../../../../infra/local/playground/state/open/membership.ts';
import type { OpenChat } from '../../../../../infra/local/playground/state/open-chat.ts';

const member = (id: string, name: string, joinedAt: string, role: Member['role'] = 'member') => ({
  ...{ id, name, joinedAt, role },
});

/** The id of the one who owns the group of these members after the user "me" has left. */
const successorOf = (...others: Member[]) => {
  const listed = () => [member('me', 'Anna', '2026-01-01', 'owner'), ...others];
  return successorIn({ userId: 'me', members: { listed } } as unknown as OpenChat)?.id;
};

test('an admin follows the owner rather than a member who joined earlier', () => {
  expect(successorOf(member('1', 'Boris', '2026-01-02'), member('2', 'Vera', '2026-01-03', 'admin'))).toBe('2');
});

test('without admins the member who joined first follows; of those who joined at once, the one with the lowest id', () => {
  const [boris, vera] = [member('2', 'Boris', '2026-01-02'), member('1', 'Vera', '2026-01-02')];
  expect(successorOf(boris, vera)).toBe('1');
  expect(successorOf(boris, vera, member('3', 'Gleb', '2026-01-01'))).toBe('3');
});

test('nobody follows an owner who is alone', () => {
  expect(successorOf()).toBeUndefined();
});
