import { expect } from 'vitest';
import { login } from '#shared/contract/auth/login.ts';
import { sendCode } from '#shared/contract/auth/send-code.ts';
import { call } from './call.ts';
import { aws } from './stand-ins/aws.ts';

/** Each request comes from an address of its own unless `ip` says whose. */
export const requestCode = (phone: string, ip?: string) =>
  call(sendCode, undefined, { body: { phone }, ...(ip && { ip }) });

export const logIn = (phone: string, code: string, ip?: string) =>
  call(login, undefined, { body: { phone, code }, ...(ip && { ip }) });

/** Requests a code for the phone and reads the text message. */
export async function codeFor(phone: string): Promise<string> {
  expect(await requestCode(phone)).toMatchObject({ status: 200, body: { expiresIn: 300, retryAfter: 60 } });
  return aws.codeTo(phone);
}
