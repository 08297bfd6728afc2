import { setImmediate as turn } from 'node:timers/promises';
import type { FrameTimeout } from '../client/socket.ts';
import type { Answer, Opening, Receiver, Request, Transport } from '../client/transport.ts';
import { Unmet } from '../client/unmet.ts';

/** What happens between a check and a server. "action" is whatever the check does: a request, a handshake, a frame, a close. */
type Entry =
  | { kind: 'action' }
  | { kind: 'answer'; request: number; answer: Answer }
  | { kind: 'refused'; request: number; error: unknown }
  | { kind: 'opened'; socket: number; status: number }
  | { kind: 'frame'; socket: number; frame: unknown }
  | { kind: 'closed'; socket: number; code: number };

/** Turns of the event loop in which a check reacts to what it has received. */
const idleTurns = 10;

export type Recording = readonly Entry[];

/** Passes everything on, and writes it down. */
export function recorded(transport: Transport): { transport: Transport; recording: Recording } {
  const recording: Entry[] = [];
  let requests = 0;
  let sockets = 0;
  const act = () => recording.push({ kind: 'action' });

  const send = async (what: Request): Promise<Answer> => {
    act();
    const request = requests++;
    try {
      const answer = await transport.send(what);
      recording.push({ kind: 'answer', request, answer });
      return answer;
    } catch (error) {
      recording.push({ kind: 'refused', request, error });
      throw error;
    }
  };

  const open = async (path: string, receiver: Receiver): Promise<Opening> => {
    act();
    const socket = sockets++;
    const { status, ...channel } = await transport.open(path, {
      frame(frame) {
        recording.push({ kind: 'frame', socket, frame });
        receiver.frame(frame);
      },
      closed(code) {
        recording.push({ kind: 'closed', socket, code });
        receiver.closed(code);
      },
    });
    recording.push({ kind: 'opened', socket, status });
    const doing = (what: () => void) => {
      act();
      what();
    };
    return { status, send: (text) => doing(() => channel.send(text)), close: () => doing(() => channel.close()) };
  };

  return { transport: { send, open }, recording };
}

/**
 * Answers a check as the server did when it was recorded. What came after something that the check did comes again when it
 * has done as much.
 */
export function replayed(recording: Recording): { transport: Transport; end: FrameTimeout } {
  const answers: ((entry: Entry) => void)[] = [];
  const openings: ((status: number) => void)[] = [];
  const receivers: Receiver[] = [];
  let actions = 0;
  let position = 0;
  let playing = false;

  const perform = (entry: Entry) => {
    if (entry.kind === 'answer' || entry.kind === 'refused') answers[entry.request]?.(entry);
    if (entry.kind === 'opened') openings[entry.socket]?.(entry.status);
    if (entry.kind === 'frame') receivers[entry.socket]?.frame(structuredClone(entry.frame));
    if (entry.kind === 'closed') receivers[entry.socket]?.closed(entry.code);
  };

  /** One entry at a time, so that the check can act in between. */
  const play = () => {
    const entry = recording[position];
    const waits = entry?.kind === 'action' && actions === 0;
    playing = entry !== undefined && !waits;
    if (!entry || waits) return;
    position += 1;
    if (entry.kind === 'action') actions -= 1;
    else perform(entry);
    setImmediate(play);
  };

  const act = () => {
    actions += 1;
    if (playing) return;
    playing = true;
    setImmediate(play);
  };

  /** Nothing comes any more, unless the check does something. */
  const end: FrameTimeout = {
    text: 'more in the recording',
    async passes(signal) {
      for (let idle = 0; idle < idleTurns; idle = playing ? 0 : idle + 1) await turn(undefined, { signal });
    },
  };

  const send = () => {
    const answered = new Promise<Answer>((resolve, reject) => {
      answers.push((entry) => {
        if (entry.kind === 'answer') resolve(structuredClone(entry.answer));
        if (entry.kind === 'refused') reject(entry.error);
      });
      act();
    });
    // A request that the check has sent only because of a fault.
    const unanswered = end.passes(new AbortController().signal).then(() => {
      throw new Unmet('a request', 'an answer', `nothing ${end.text}`);
    });
    return Promise.race([answered, unanswered]);
  };

  const open = async (_path: string, receiver: Receiver): Promise<Opening> => {
    receivers.push(receiver);
    const opened = new Promise<number>((resolve) => {
      openings.push(resolve);
    });
    act();
    return { status: await opened, send: act, close: act };
  };

  return { transport: { send, open }, end };
}
