import type { Answer, Opening, Receiver, Request, Transport } from '../client/transport.ts';

/** Something wrong that a server could do: a requirement lists those that its check must notice. */
export interface Fault {
  /** What is wrong, such as "POST /groups: the answer has no group.inviteCode". */
  what: string;
  /** Once for each run of a check, because some keep a state. */
  begin(): Interference;
}

/** Stands between the check and the server. */
interface Interference {
  answer?(answer: Answer, request: Request): Answer;
  /** The answer to a request that does not reach the server. */
  unsent?(request: Request): Answer | undefined;
  /** What the client receives in place of a frame. */
  frame?(frame: unknown, to: Listener): unknown[];
  /** The status of a handshake; a refused one that becomes 101 is an open socket on which nothing happens. */
  opening?(status: number, path: string): number;
  /** What the server receives in place of a frame of the client. */
  sent?(text: string): string[];
  /** Every socket receives the frames of all. */
  leaks?: boolean;
  /** A socket that the server closes stays open. */
  staysOpen?: boolean;
}

/** One fault at least: a check that has never failed shows nothing. */
export type Faults = readonly [Fault, ...Fault[]];

export interface Listener {
  path: string;
  /** Counts the sockets in the order in which they were opened, from 0. */
  number: number;
}

/** A transport with a fault, and whether the fault has changed anything yet. */
export function faulty(transport: Transport, fault: Fault): { transport: Transport; struck(): boolean } {
  const { answer, unsent, frame, opening, sent, leaks, staysOpen } = fault.begin();
  const receivers: Receiver[] = [];
  let struck = false;
  const noticed = <T>(before: unknown, after: T): T => {
    if (JSON.stringify(before) !== JSON.stringify(after)) struck = true;
    return after;
  };

  const send = async (request: Request): Promise<Answer> => {
    const invented = unsent?.(request);
    if (invented) return noticed(undefined, invented);
    const real = await transport.send(request);
    return answer ? noticed(real, answer(real, request)) : real;
  };

  const open = async (path: string, receiver: Receiver): Promise<Opening> => {
    const to = { path, number: receivers.length };
    receivers.push(receiver);
    const deliver = (one: unknown) => {
      if (leaks && receivers.length > 1) struck = true;
      for (const each of leaks ? receivers : [receiver]) each.frame(one);
    };
    const real = await transport.open(path, {
      frame: (one) => {
        for (const other of frame ? noticed([one], frame(one, to)) : [one]) deliver(other);
      },
      closed: (code) => {
        if (staysOpen) struck = true;
        else receiver.closed(code);
      },
    });
    const status = opening ? noticed(real.status, opening(real.status, path)) : real.status;
    const passOn = (text: string) => {
      for (const one of sent ? noticed([text], sent(text)) : [text]) real.send(one);
    };
    return { status, send: real.status === 101 ? passOn : () => {}, close: () => real.close() };
  };

  return { transport: { send, open }, struck: () => struck };
}
