import { afterEach, expect, test } from 'vitest';
import { sign, type UnsignedRequest } from '#shared/platform/aws/sign.ts';
import { signatureByAws } from '../../support/aws-signature.ts';

const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

const connection = '/live/@connections/L0SM9cOFvHcCIhw%3D';
const requests: [string, UnsignedRequest][] = [
  [
    'a post to a connection',
    {
      service: 'execute-api',
      method: 'POST',
      path: connection,
      headers: { host: 'abc.execute-api.eu-central-1.amazonaws.com', 'content-length': '26' },
      body: '{"content":"привет"}',
    },
  ],
  [
    'a request without a body',
    {
      service: 'execute-api',
      method: 'DELETE',
      path: connection,
      headers: { host: 'abc.execute-api.eu-central-1.amazonaws.com', 'content-length': '0' },
    },
  ],
  [
    'an invocation',
    {
      service: 'lambda',
      method: 'POST',
      path: '/2015-03-31/functions/chat-prod-deliver/invocations',
      headers: { host: 'lambda.eu-central-1.amazonaws.com', 'x-amz-invocation-type': 'Event' },
      body: '{}',
    },
  ],
  [
    'a call to DynamoDB, whose user agent is not signed',
    {
      service: 'dynamodb',
      method: 'POST',
      path: '/',
      headers: {
        host: 'dynamodb.eu-central-1.amazonaws.com',
        'user-agent': 'aws-sdk-js/3.0.0',
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'DynamoDB_20120810.GetItem',
        'amz-sdk-request': 'attempt=1; max=4',
      },
      body: Buffer.from('{"TableName":"chat"}'),
    },
  ],
];

test.each(requests)("signs %s as AWS's own signer does, also after a change of credentials", async (_, request) => {
  for (const [secret, token] of [
    ['one', 'a token'],
    ['two', 'another'],
    ['three', undefined],
  ] as const) {
    process.env.AWS_SECRET_ACCESS_KEY = secret;
    if (token) process.env.AWS_SESSION_TOKEN = token;
    else delete process.env.AWS_SESSION_TOKEN;
    for (const now of [new Date('2026-11-23T10:00:00Z'), new Date('2026-11-24T00:00:01Z')])
      expect(sign(request, now).authorization).toBe(await signatureByAws(request, now));
  }
});
