import { codeLifetime, issueCode } from '#shared/accounts/one-time-codes.ts';
import { servedCountryOf } from '#shared/accounts/phones.ts';
import { sendTextMessage } from '#shared/accounts/text-messages.ts';
import { sendCode } from '#shared/contract/auth/send-code.ts';
import { isKnownNetwork } from '#shared/data/accounts/known-networks.ts';
import { findUserByLogin } from '#shared/data/accounts/users.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { textsForCountry } from '#shared/texts/in-language.ts';

export const handler = endpoint(sendCode, async ({ body: { phone }, network, count }) => {
  const country = servedCountryOf(phone);
  const owner = await findUserByLogin({ kind: 'phone', name: phone });
  const knownNetwork = await isKnownNetwork(owner?.id, network);
  await count({ login: phone, phone, stack: 'all' }, { knownNetwork });
  const code = await issueCode(phone);
  await sendTextMessage(phone, textsForCountry(country).codeMessage(code));
  return { expiresIn: codeLifetime, retryAfter: 60 };
});
