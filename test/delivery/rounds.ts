import { toMessageBy } from '#shared/chats/messages/messages.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import { storeMessage } from '#shared/data/chats/messages.ts';
import type { Connection } from '#shared/data/connections/connections.ts';
import type { Delivery } from '#shared/delivery/invoke.ts';
import { handler as deliverHandler } from '../../functions/deliver.ts';
import { context } from '../support/invoke.ts';
import { aws } from '../support/stand-ins/aws.ts';
import { standIn } from '../support/stand-ins/connections.ts';

/** A message that is stored in the chat. */
export async function storedIn(chatId: string, seq = 1): Promise<Message> {
  const message = {
    chatId,
    seq,
    userId: 'u',
    createdAt: new Date().toISOString(),
    type: 'text',
    content: 'hello',
  } as const;
  await storeMessage(message);
  return toMessageBy(message, 'Anna');
}

/** The event that `deliver` gets for the whole room. */
export const deliveryOf = ({ chatId, seq, userId }: Message): Delivery => ({
  chatId,
  seq,
  userId,
  firstShard: 0,
  shardCount: 1,
});

/** Takes the events of this chat that Lambda is still to invoke for. */
export function takeEvents(chatId: string): Delivery[] {
  const mine = ({ event }: { event: Delivery }) => event.chatId === chatId;
  const events = aws.invocations.filter(mine);
  for (const taken of events) aws.invocations.splice(aws.invocations.indexOf(taken), 1);
  return events.map(({ event }) => event);
}

/** Invokes for each event and for those that follow, each `times` times, as Lambda may. Returns the events by round. */
export async function runRounds(chatId: string, times = 1): Promise<Delivery[][]> {
  const rounds: Delivery[][] = [];
  for (let events = takeEvents(chatId); events.length > 0; events = takeEvents(chatId)) {
    rounds.push(events);
    for (const event of events) for (let n = 0; n < times; n++) await deliverHandler(event, context);
  }
  return rounds;
}

export const runAll = async (chatId: string, times?: number) => (await runRounds(chatId, times)).flat();

export const countOf = (connections: Connection[]) =>
  connections.map(({ connectionId }) => standIn.received(connectionId).length);

export const each = (connections: Connection[], times: number) => connections.map(() => times);
