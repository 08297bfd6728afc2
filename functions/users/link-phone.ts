import { redeemCode } from '#shared/accounts/one-time-codes.ts';
import { reauthenticate } from '#shared/accounts/reauthenticate.ts';
import { linkPhone } from '#shared/contract/users/link-phone.ts';
import { linkLogin } from '#shared/data/accounts/users.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { requireUser, toUser } from '#shared/people/users.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(linkPhone, async ({ userId, body: { phone, ...body } }) => {
  const user = await requireUser(userId);
  // If the phone stays the same, its own code is proof enough.
  if (phone !== user.phone) await reauthenticate(user, { password: body.password, code: body.currentCode });
  await redeemCode(phone, body.code, phone === user.phone);
  const refusal = await linkLogin(user, { kind: 'phone', name: phone });
  if (refusal === 'taken') throw new Problem('phone_taken');
  if (refusal === 'changed') throw new Problem('changed_meanwhile');
  return { user: toUser({ ...user, phone }) };
});
