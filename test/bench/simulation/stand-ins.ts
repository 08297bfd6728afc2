import type { ConnectionPage } from '#shared/data/connections/connections.ts';
import type { Page, PageState } from '#shared/data/connections/deliveries.ts';
import type { Inbox } from '#shared/data/connections/sockets.ts';
import type { AwsRequest, AwsResponse } from '#shared/platform/aws/request.ts';
import { inBatches, mapConcurrently } from '#shared/platform/lists.ts';
import type { Account } from './account.ts';
import { dynamo, lambda, postLatency, queues } from './assumptions.ts';
import { sleep } from './clock.ts';
import { environment } from './environment.ts';
import { request } from './http.ts';
import { between, logNormal } from './random.ts';
import { read } from './reads.ts';
import type { Room } from './room.ts';

/** What the code of the delivery imports from below it, made of the model: replace.ts puts it there. */

export { shardsFor } from '#shared/data/connections/shards.ts';
export { sleep as setTimeout } from './clock.ts';

export function awsRequest({
  service,
  url,
  body = '',
  deadline = Number.POSITIVE_INFINITY,
}: AwsRequest): Promise<AwsResponse> {
  const from = environment();
  const arrive = () => {
    if (service === 'sqs') return enqueue(from.account, body);
    return service === 'lambda' ? invoke(from.account, body) : post(from.account, url);
  };
  return request(from, arrive, deadline);
}

/** Only messages are pushed here, so there is one queue. */
function enqueue(account: Account, body: string) {
  account.push.enqueue(JSON.parse(body).DelaySeconds * 1000);
  return { latency: between(queues.answer), answer: { status: 200, body: '{}' } };
}

function invoke(account: Account, body: string) {
  account.deliver.invokeLater(JSON.parse(body));
  return { latency: between(lambda.answer), answer: { status: 202, body: '' } };
}

function post(account: Account, { pathname }: URL) {
  account.counts.posts++;
  if (!account.requests.take()) {
    account.counts.refusedPosts++;
    return { latency: between(postLatency.refused), answer: { status: 429, body: '' } };
  }
  const latency = postLatency.least + logNormal(postLatency.more);
  const [room = '', connection] = pathname.slice(pathname.lastIndexOf('/') + 1).split('.');
  account.rooms.get(room)?.receive(Number(connection), latency);
  return { latency, answer: { status: 200, body: '' } };
}

export async function listConnections(
  chatId: string,
  { limit, shard = 0, after }: { limit: number; shard?: number; after?: string },
): Promise<ConnectionPage> {
  const page = roomOf(chatId).page(shard, after, limit);
  await read('connections', page.connections.length * dynamo.itemBytes);
  return page;
}

function roomOf(chatId: string): Room {
  const room = environment().account.rooms.get(chatId);
  if (!room) throw new Error(`There is no room ${chatId}`);
  return room;
}

export async function getRoster(chatId: string): Promise<{ participantIds: string[]; blockedIds: Set<string> }> {
  const { participantIds } = roomOf(chatId);
  await read('chat', participantIds.length * dynamo.participantBytes);
  return { participantIds, blockedIds: new Set() };
}

/** Batches of a hundred, of which each user's item takes a unit. */
export async function listInboxes(userIds: string[]): Promise<Inbox[]> {
  await mapConcurrently(inBatches(userIds, dynamo.batch), dynamo.batchesAtOnce, ({ length }) =>
    read('connections', length * dynamo.itemBytes, length),
  );
  return userIds.filter((userId) => roomOf(userId.split('.')[0] as string).hasInboxes).map(inboxOf);
}

/** Each participant has one inbox. */
const inboxOf = (userId: string): Inbox => ({
  ...{ connectionId: userId, userId, sessionId: 's' },
  ...{ connectedAt: 0, events: true },
});

/** The sender's hour of deliveries has begun: counting takes one write. */
export const addUse = (): Promise<void> => sleep(between(dynamo.latency));

/** Only the pushes of edits are counted before they are made. */
export const countUse = (): Promise<never> => Promise.reject(new Error('Edits are not simulated'));
/** Only live frames ask before they are sent. */
export const getUse = (): Promise<never> => Promise.reject(new Error('Live frames are not simulated'));

const nameOf = ({ chatId, what, shard, after }: Page) => `${chatId}#${what}#${shard}#${after}`;

type Begun = { next: string | undefined; state: PageState };

export async function beginPage(page: Page, next: string | undefined): Promise<Begun> {
  await sleep(between(dynamo.latency));
  const { pages } = environment().account;
  const begun = pages.get(nameOf(page)) ?? { next, state: 'begun' };
  pages.set(nameOf(page), begun);
  return { ...begun };
}

export async function endPage(page: Page, state: PageState): Promise<void> {
  await sleep(between(dynamo.latency));
  const begun = environment().account.pages.get(nameOf(page));
  if (begun) begun.state = state;
}

export { markLifetime } from '#shared/data/connections/deliveries.ts';

/** Rooms have all of their shards from the start. */
export const spread = (): Promise<void> => sleep(between(dynamo.latency));

/** Nobody goes. */
export const removeConnections = async (): Promise<void> => {};

/** What is given up shows at its readers. */
export const log = { info() {}, warn() {}, error: console.error };
export const countMetric = (): void => {};
export const countBy = () => ({});
