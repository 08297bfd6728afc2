import { codeLifetime, issueCode } from '#shared/accounts/one-time-codes.ts';
import { servedPhoneOf } from '#shared/accounts/phones.ts';
import { sendTextMessage } from '#shared/accounts/text-messages.ts';
import { sendCode } from '#shared/contract/auth/send-code.ts';
import { isKnownNetwork } from '#shared/data/accounts/known-networks.ts';
import { findUserByLogin } from '#shared/data/accounts/users.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(sendCode, async ({ body, network, count }) => {
  const phone = servedPhoneOf(body.phone);
  const owner = await findUserByLogin({ kind: 'phone', name: phone });
  const knownNetwork = await isKnownNetwork(owner?.id, network);
  await count({ login: phone, phone, stack: 'all' }, { knownNetwork });
  const code = await issueCode(phone);
  await sendTextMessage(phone, `Your code is ${code}. It expires in 5 minutes. Don't share it with anyone.`);
  return { expiresIn: codeLifetime, retryAfter: 60 };
});
