import { codeLifetime, issueCode } from '#shared/accounts/one-time-codes.ts';
import { refuseUnservedPhone } from '#shared/accounts/phones.ts';
import { sendTextMessage } from '#shared/accounts/text-messages.ts';
import { sendCode } from '#shared/contract/auth/send-code.ts';
import { isKnownNetwork } from '#shared/data/accounts/known-networks.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { countMetric } from '#shared/platform/metrics.ts';

export const handler = endpoint(sendCode, async ({ body: { phone }, network, count }) => {
  refuseUnservedPhone(phone);
  await count({ login: phone, stack: 'all' }, { knownNetwork: await isKnownNetwork(phone, network) });
  const code = await issueCode(phone);
  await sendTextMessage(phone, `Your code is ${code}. It expires in 5 minutes. Don't share it with anyone.`);
  countMetric('CodesSent');
  return { expiresIn: codeLifetime, retryAfter: 60 };
});
