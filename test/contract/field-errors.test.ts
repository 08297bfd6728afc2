import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { register } from '#shared/contract/auth/register.ts';
import { draft } from '#shared/contract/chats/draft.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import { fieldErrorsOf } from '#shared/contract/field-errors.ts';
import { addMembers } from '#shared/contract/groups/add-members.ts';
import { renewInvite } from '#shared/contract/groups/renew-invite.ts';
import { setRole } from '#shared/contract/groups/set-role.ts';
import { endpoints } from '#shared/contract/index.ts';
import { fieldError } from '#shared/contract/problem.ts';
import { updateMe } from '#shared/contract/users/update-me.ts';

/** What is wrong with a value: path, rule and limit of each error. */
function rulesOf(schema: z.ZodMiniType, value: unknown): unknown[] {
  const { error } = z.safeParse(schema, value);
  return error
    ? fieldErrorsOf(error).map(({ path, rule, limit }) => [path, rule, ...(limit === undefined ? [] : [limit])])
    : [];
}

const account = { email: 'a@b.co', password: 'correct horse' };

test.each<[unknown[], z.ZodMiniType, unknown]>([
  [[['content', 'missing']], draft, {}],
  [[['content', 'wrong_type']], draft, { content: 1 }],
  [[['content', 'too_short', 1]], draft, { content: '' }],
  [[['content', 'too_long', 4000]], draft, { content: 'x'.repeat(4001) }],
  [[['content', 'invisible']], draft, { content: ' \u200B' }],
  [[['content', 'malformed_text']], draft, { content: 'x\uD800' }],
  [[['role', 'not_allowed_value']], setRole.body, { role: 'king' }],
  [[['userIds', 'too_few_items', 1]], addMembers.body, { userIds: [] }],
  [[['userIds', 'too_many_items', 45]], addMembers.body, { userIds: Array(46).fill('a') }],
  [[['userIds.1', 'too_long', 64]], addMembers.body, { userIds: ['a', 'x'.repeat(65)] }],
  [
    [
      ['expiresIn', 'too_small', 60],
      ['maxUses', 'too_large', 1000],
    ],
    renewInvite.body,
    { expiresIn: 59, maxUses: 1001 },
  ],
  [[['maxUses', 'wrong_type']], renewInvite.body, { maxUses: 1.5 }],
  [
    [
      ['limit', 'too_large', 100],
      ['after', 'wrong_type'],
    ],
    listMessages.query,
    { limit: '101', after: 'x' },
  ],
  [[['', 'not_together']], listMessages.query, { after: '1', before: '2' }],
  [[['', 'nothing_given']], updateMe.body, {}],
  [[['email', 'email']], register.body, { ...account, email: 'nobody' }],
  [[['password', 'too_short', 8]], register.body, { ...account, password: 'short' }],
  [[['password', 'too_many_bytes', 72]], register.body, { ...account, password: 'x'.repeat(73) }],
  [[['name', 'reserved_name']], register.body, { ...account, name: 'Assistant' }],
  [[['name', 'line_breaks']], register.body, { ...account, name: 'a\u2028b' }],
])('names the broken rules: %j', (rules, schema, value) => {
  expect(rulesOf(schema, value)).toEqual(rules);
});

const fieldsOf = ({ params, query, body }: Endpoint) => [params, query, body].filter((schema) => schema !== undefined);

test.each(
  endpoints.filter((endpoint) => fieldsOf(endpoint).length > 0).map((endpoint) => [endpoint.name, endpoint] as const),
)('every refusal of a field of %s has a rule of the contract', (_name, endpoint) => {
  const wrong = ['', 'x'.repeat(5000), '\u200B', 1.5, -1, 10 ** 15, true, {}, [], [1], undefined];
  for (const schema of fieldsOf(endpoint)) {
    const names = Object.keys((schema as z.ZodMiniObject).shape ?? { phone: 0, code: 0, email: 0, password: 0 });
    for (const name of names)
      for (const value of wrong) {
        const { error } = z.safeParse(schema, { [name]: value });
        const errors = error ? fieldErrorsOf(error) : [];
        expect(z.safeParse(z.array(fieldError), errors).success, `${name}: ${JSON.stringify(errors)}`).toBe(true);
      }
  }
});
