import { codeLifetime, issueCode } from '../../shared/codes.ts';
import { sendCode } from '../../shared/contract/auth.ts';
import { endpoint } from '../../shared/endpoint.ts';
import { countMetric } from '../../shared/metrics.ts';
import { refuseUnservedPhone } from '../../shared/phones.ts';
import { sendTextMessage } from '../../shared/text-messages.ts';

export const handler = endpoint(sendCode, async ({ body: { phone }, count }) => {
  refuseUnservedPhone(phone);
  await count({ phone, stack: 'all' });
  const code = await issueCode(phone);
  await sendTextMessage(phone, `Your code is ${code}. It is good for 5 minutes. Tell it to nobody.`);
  countMetric('CodesSent');
  return { expiresIn: codeLifetime, retryAfter: 60 };
});
