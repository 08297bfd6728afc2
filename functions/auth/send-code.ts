import { codeLifetime, sendCode as send } from '../../shared/codes.ts';
import { sendCode } from '../../shared/contract/auth.ts';
import { endpoint } from '../../shared/endpoint.ts';
import { toServedPhone } from '../../shared/phones.ts';

export const handler = endpoint(sendCode, async ({ body, count }) => {
  const phone = toServedPhone(body.phone);
  await count({ phone, stack: 'all' });
  await send(phone);
  return { expiresIn: codeLifetime, retryAfter: 60 };
});
