import { expect, test } from 'vitest';
import { sign } from '#shared/platform/aws/sign.ts';
import { type SignedRequest, signerOf } from '../../../../../infra/local/aws/iam/signature.ts';
import { signatureByAws } from '../../../../support/aws-signature.ts';

/** How the runner knows the function that calls it. The environment's credentials are both "local". */

const unsigned = {
  service: 'execute-api',
  method: 'POST',
  path: '/live/%40connections/a%3D',
  headers: { host: 'h', 'content-type': 'text/plain' },
  body: 'hi',
};
const now = new Date('2026-01-02T03:04:05Z');

function signed(changes: Partial<SignedRequest> = {}): SignedRequest {
  return { method: 'POST', url: unsigned.path, headers: sign(unsigned, now), body: Buffer.from('hi'), ...changes };
}
const signer = (request: SignedRequest, secret = 'local') => signerOf(request, () => secret);

test('accepts our signature and that of AWS’s own signer', async () => {
  expect(signer(signed())).toBe('local');
  const headers = { ...unsigned.headers, 'x-amz-date': '20260102T030405Z' };
  const authorization = await signatureByAws({ ...unsigned, headers }, now);
  expect(signer(signed({ headers: { ...headers, authorization } }))).toBe('local');
});

const { authorization = '', ...others } = sign(unsigned, now);
test.each<[string, Partial<SignedRequest>]>([
  ['method', { method: 'DELETE' }],
  ['path', { url: '/live/%40connections/b%3D' }],
  ['query', { url: `${unsigned.path}?a=b` }],
  ['body', { body: Buffer.from('ho') }],
  ['signed header', { headers: { ...others, authorization, host: 'other' } }],
  ['date', { headers: { ...others, authorization, 'x-amz-date': '20260102T030406Z' } }],
  ['access key', { headers: { ...others, authorization: authorization.replace('=local', '=another') } }],
  [
    'signature',
    { headers: { ...others, authorization: authorization.replace(/.$/, (end) => (end === '0' ? '1' : '0')) } },
  ],
  ['missing signature', { headers: { ...others, authorization: 'AWS4-HMAC-SHA256 Credential=local/x' } }],
  ['missing header', { headers: others }],
])('refuses another %s', (_what, changes) => {
  expect(signerOf(signed(changes), (id) => (id === 'local' ? 'local' : 'its own'))).toBeUndefined();
});

test('refuses another secret', () => {
  expect(signer(signed(), 'other')).toBeUndefined();
});
