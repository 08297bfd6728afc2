import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Chaos, calm } from '../../../../../infra/local/aws/chaos.ts';
import { Template } from '../../../../../infra/local/aws/cloudformation/template.ts';
import { Roles } from '../../../../../infra/local/aws/iam/roles.ts';
import type { LocalLambda } from '../../../../../infra/local/aws/lambda/lambda.ts';
import { Queues } from '../../../../../infra/local/aws/sqs/queues.ts';
import { strike } from '../../../../support/chaos.ts';

/** SQS and Lambda's event source mapping, without waiting. */

const getArn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const reading = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

function templateWith({
  batchSize = 10,
  maxConcurrency = 2,
  responseTypes = ['ReportBatchItemFailures'],
  actions = reading,
}) {
  const statement = { Effect: 'Allow', Action: actions, Resource: getArn('Queue') };
  const Resources = {
    Queue: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        VisibilityTimeout: 168,
        MessageRetentionPeriod: 3600,
        RedrivePolicy: { deadLetterTargetArn: getArn('DeadLetters'), maxReceiveCount: 5 },
      },
    },
    DeadLetters: { Type: 'AWS::SQS::Queue', Properties: { MessageRetentionPeriod: 1_209_600 } },
    Source: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: getArn('Queue'),
        FunctionName: { Ref: 'Worker' },
        BatchSize: batchSize,
        FunctionResponseTypes: responseTypes,
        ScalingConfig: { MaximumConcurrency: maxConcurrency },
      },
    },
    Worker: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Description: 'worker',
        Code: { S3Key: 'hash.zip' },
        Handler: 'index.handler',
        Role: getArn('Role'),
        Timeout: 28,
        MemorySize: 128,
      },
    },
    Role: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: [statement] } }] } },
  };
  return new Template({ Resources }, '');
}

interface SqsRecord {
  messageId: string;
  body: string;
  attributes: { ApproximateReceiveCount: string; SentTimestamp: string };
}

/** The batches that the function has got, and what it does with each. */
const batches: SqsRecord[][] = [];
let work: (records: SqsRecord[]) => unknown;
const bodies = () => batches.map((records) => records.map(({ body }) => body));
const failOn = (body: string) => (records: SqsRecord[]) => ({
  batchItemFailures: records
    .filter((record) => record.body === body)
    .map(({ messageId }) => ({ itemIdentifier: messageId })),
});

const lambda = {
  invoke: async ({ Records }: { Records: SqsRecord[] }) => {
    batches.push(Records);
    return (await work(Records)) ?? null;
  },
} as unknown as LocalLambda;

const queuesOf: Queues[] = [];
function start(options: Parameters<typeof templateWith>[0] & { chaos?: Chaos } = {}) {
  const template = templateWith(options);
  const consumers = { template, functions: template.functions(), lambdas: new Map([['Worker', lambda]]) };
  const roles = new Roles(consumers.functions);
  const queues = new Queues(roles, undefined, options.chaos ?? calm);
  queuesOf.push(queues);
  queues.reload(consumers);
  const send = (MessageBody: string, DelaySeconds?: number, QueueUrl = 'Queue') =>
    queues.operations['AmazonSQS.SendMessage']?.({ QueueUrl, MessageBody, DelaySeconds }).run();
  return { queues, send, roles, reload: () => queues.reload(consumers) };
}

const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1000);
const complaints = vi.spyOn(console, 'error').mockImplementation(() => {});

beforeEach(() => {
  vi.useFakeTimers();
  batches.length = 0;
  complaints.mockClear();
  work = () => undefined;
});
afterEach(() => {
  for (const queues of queuesOf.splice(0)) queues.close();
  vi.useRealTimers();
});

test('a message reaches the function after its delay, once, in the form of an SQS event', async () => {
  const { queues, send } = start();
  const sentAt = String(Date.now());
  const answer = send('hello', 8);
  await seconds(7.9);
  expect(batches).toEqual([]);
  await seconds(0.1);
  expect(batches).toEqual([
    [
      {
        messageId: (answer as { MessageId: string }).MessageId,
        receiptHandle: expect.any(String),
        body: 'hello',
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: sentAt,
          SenderId: 'local',
          ApproximateFirstReceiveTimestamp: String(Date.now()),
        },
        messageAttributes: {},
        md5OfBody: '5d41402abc4b2a76b9719d911017c592',
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:local:000000000000:queue/Queue',
        awsRegion: 'local',
      },
    ],
  ]);
  expect(answer).toMatchObject({ MD5OfMessageBody: '5d41402abc4b2a76b9719d911017c592' });
  await queues.idle();
  await seconds(3600);
  expect(batches).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(0);
});

test('what is visible at the same time comes in batches', async () => {
  const { send } = start();
  for (let n = 0; n < 12; n++) send(String(n), 8);
  await seconds(8);
  expect(batches.map(({ length }) => length)).toEqual([10, 2]);
});

test('no more batches are under way at once than the template says', async () => {
  const ends: (() => void)[] = [];
  work = () => new Promise<void>((resolve) => ends.push(resolve));
  const { send } = start({ batchSize: 1, maxConcurrency: 2 });
  for (const body of ['a', 'b', 'c']) send(body);
  await seconds(1);
  expect(bodies()).toEqual([['a'], ['b']]);
  ends[0]?.();
  await seconds(0);
  expect(bodies()).toEqual([['a'], ['b'], ['c']]);
});

test('only what the function failed on comes again, after the visibility timeout', async () => {
  work = failOn('b');
  const { send } = start();
  for (const body of ['a', 'b']) send(body, 1);
  await seconds(1 + 167.9);
  expect(bodies()).toEqual([['a', 'b']]);
  await seconds(0.1);
  expect(bodies()).toEqual([['a', 'b'], ['b']]);
  expect(batches[1]?.[0]?.attributes.ApproximateReceiveCount).toBe('2');
});

test.each<[string, () => unknown]>([
  ['throws', () => Promise.reject(new Error('oh no'))],
  ['names a message that it did not get', () => ({ batchItemFailures: [{ itemIdentifier: 'another' }] })],
  ['returns something else', () => ({ batchItemFailures: 'a' })],
])('the whole batch comes again when the function %s', async (_what, does) => {
  work = does;
  const { send } = start();
  for (const body of ['a', 'b']) send(body, 1);
  await seconds(1 + 168);
  expect(bodies()).toEqual([
    ['a', 'b'],
    ['a', 'b'],
  ]);
});

test('what a function returns counts only if the template says so', async () => {
  work = failOn('a');
  const { queues, send } = start({ responseTypes: [] });
  send('a');
  await seconds(0);
  await queues.idle();
});

test('after five failures a message is in the dead-letter queue, and the terminal says so', async () => {
  work = failOn('bad');
  const { queues, send } = start();
  send('bad');
  const idle = queues.idle();
  await seconds(4 * 168);
  expect(batches).toHaveLength(5);
  expect(queues.deadLetters()).toBe(0);
  await seconds(168);
  await idle;
  expect(batches).toHaveLength(5);
  expect(queues.deadLetters()).toBe(1);
  expect(complaints.mock.calls.flat()).toEqual([
    expect.stringMatching(/^worker: the message .* dead-letter queue now: bad$/),
  ]);
});

test('a message that is older than the retention period is dropped', async () => {
  const { promise, resolve: end } = Promise.withResolvers<void>();
  work = () => promise;
  const { queues, send } = start({ maxConcurrency: 1 });
  send('under way');
  send('waiting');
  await seconds(3601);
  end();
  await seconds(0);
  await queues.idle();
  expect(bodies()).toEqual([['under way']]);
});

test('a reload keeps what is in the queue, and what is under way is deleted from it', async () => {
  const ends: (() => void)[] = [];
  work = () => new Promise<void>((resolve) => ends.push(resolve));
  const { queues, send, reload } = start();
  send('under way');
  send('delayed', 8);
  reload();
  ends[0]?.();
  await seconds(8);
  ends[1]?.();
  await seconds(0);
  await queues.idle();
  expect(bodies()).toEqual([['under way'], ['delayed']]);
});

test('nothing is received after close', async () => {
  const { queues, send } = start();
  send('delayed', 8);
  queues.close();
  await seconds(10);
  expect(batches).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test.each(reading)('a role without %s is refused, as when the stack is deployed', (missing) => {
  const actions = reading.filter((action) => action !== missing);
  expect(() => start({ actions })).toThrow(`The role of worker does not allow ${missing}`);
});

test('what Lambda does with the role of the function counts as used', () => {
  expect(start().roles.unused()).toEqual([]);
});

test('sending needs the permission for the queue, and a queue that exists', () => {
  const { queues, send } = start();
  const { permission } = queues.operations['AmazonSQS.SendMessage']?.({ QueueUrl: 'Queue', MessageBody: 'a' }) ?? {};
  expect(permission).toEqual({ action: 'sqs:SendMessage', resource: 'arn:aws:sqs:local:000000000000:queue/Queue' });
  expect(() => send('a', 0, 'Other')).toThrow(expect.objectContaining({ name: 'QueueDoesNotExist' }));
});

test.each([[901], [-1], [0.5]])('refuses a delay of %s s', (delay) => {
  expect(() => start().send('a', delay)).toThrow();
});

test('takes a message of 1 MB and no larger one', () => {
  const { send } = start();
  expect(send('x'.repeat(1024 * 1024))).toMatchObject({ MessageId: expect.any(String) });
  expect(() => send('x'.repeat(1024 * 1024 + 1))).toThrow(/at most 1048576 bytes/);
});

test('with chaos, a queue throttles and a message comes twice', async () => {
  const { queues, send } = start({ chaos: strike('queueThrottled', 'queueRepeats') });
  expect(() => send('a')).toThrow(expect.objectContaining({ name: 'RequestThrottled' }));
  send('a');
  await seconds(0);
  await queues.idle();
  expect(bodies()).toEqual([['a'], ['a']]);
});
