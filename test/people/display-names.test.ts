import { expect, test } from 'vitest';
import { cacheName, namesOf, peopleOf } from '#shared/people/display-names.ts';
import { newPerson } from '../support/people.ts';

test('a full cache evicts no name that the same page needs', async () => {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  await namesOf([anna.id]);
  for (let n = 0; n < 10_000; n++) cacheName(`filler ${n}`, 'x');
  expect([...(await namesOf([anna.id, boris.id])).values()]).toEqual(['Anna', 'Boris']);
});

test('an account that is gone is known as such from the cache too', async () => {
  const anna = await newPerson('Anna');
  const expected = { gone: { name: 'Deleted user', userDeleted: true }, [anna.id]: { name: 'Anna' } };
  for (let read = 0; read < 2; read++) expect(Object.fromEntries(await peopleOf(['gone', anna.id]))).toEqual(expected);
});

test('the assistant is no account', async () => {
  expect([...(await peopleOf(['assistant'])).values()]).toEqual([{ name: 'Assistant' }]);
});
