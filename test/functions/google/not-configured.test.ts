import { expect, test } from 'vitest';
import { linesOf } from '../../support/log-lines.ts';
import { newPerson } from '../../support/people.ts';
import { aws } from '../../support/stand-ins/aws.ts';
import { link } from './linked.ts';

test('without credentials the request’s log line says what to fill in', async () => {
  aws.secrets.set('operator', JSON.stringify({ openaiApiKey: '', googleClientId: '', googleClientSecret: '' }));
  const anna = await newPerson();
  const lines = await linesOf(async () =>
    expect(await link(anna, '4/code')).toMatchObject({ status: 503, body: { code: 'google_not_configured' } }),
  );
  const message = 'Google has no client: fill googleClientId and googleClientSecret in the secret';
  expect(lines).toMatchObject([
    { message, secret: 'operator' },
    { code: 'google_not_configured', error: { message } },
  ]);
});
