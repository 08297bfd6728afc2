import { expect, test } from 'vitest';
import { cacheName, namesOf } from '#shared/people/display-names.ts';
import { newPerson } from '../support/people.ts';

test('a full cache evicts no name that the same page needs', async () => {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  await namesOf([anna.id]);
  for (let n = 0; n < 10_000; n++) cacheName(`filler ${n}`, 'x');
  expect([...(await namesOf([anna.id, boris.id])).values()]).toEqual(['Anna', 'Boris']);
});
