import type { Answer, Request } from '../client/transport.ts';
import { type Change, type Changes, changed, type Fields, isObject } from './changes.ts';
import type { Fault, Faults, Listener } from './fault.ts';

/** "GET /chats/{id}/messages" as a test of requests; the query does not matter. */
function matcher(endpoint: string): (request: Request) => boolean {
  const pattern = new RegExp(`^${endpoint.replace(/\{\w+\}/g, '[^/?]+')}(\\?|$)`);
  return ({ method, path }) => pattern.test(`${method} ${path}`);
}

function onAnswer(endpoint: string, what: string, change: (answer: Answer) => Answer): Fault {
  const matches = matcher(endpoint);
  const answer = (real: Answer, request: Request) => (matches(request) ? change(real) : real);
  return { what: `${endpoint}: ${what}`, begin: () => ({ answer }) };
}

/** One fault for each change. */
const each = ([first, ...others]: Changes, make: (change: Change) => Fault): Faults => [
  make(first),
  ...others.map(make),
];

/** Answers of success with other bodies. */
export const answers = (endpoint: string, ...changes: Changes): Faults =>
  each(changes, (change) =>
    onAnswer(endpoint, `the answer ${change.what}`, (answer) =>
      answer.status < 400 ? { ...answer, body: changed(answer.body, change) } : answer,
    ),
  );

/** Refusals with other bodies. */
export const refusals = (endpoint: string, ...changes: Changes): Faults =>
  each(changes, (change) =>
    onAnswer(endpoint, `the refusal ${change.what}`, (answer) =>
      answer.status >= 400 ? { ...answer, body: changed(answer.body, change) } : answer,
    ),
  );

/** A request that must be refused succeeds. */
export const accepts = (endpoint: string): Fault =>
  onAnswer(endpoint, 'succeeds', (answer) => (answer.status >= 400 ? { ...answer, status: 200 } : answer));

/** A success has another status. */
export const answersWith = (endpoint: string, status: number): Fault =>
  onAnswer(endpoint, `is answered with ${status}`, (answer) => (answer.status < 300 ? { ...answer, status } : answer));

/** The request succeeds, and nothing happens. */
export function ignores(endpoint: string): Fault {
  const matches = matcher(endpoint);
  const unsent = (request: Request) =>
    matches(request) ? { status: 200, headers: {}, body: { success: true } } : undefined;
  return { what: `${endpoint}: succeeds, and nothing happens`, begin: () => ({ unsent }) };
}

/** A refusal has another status. */
export const refusesWith = (endpoint: string, status: number): Fault =>
  onAnswer(endpoint, `is refused with ${status}`, (answer) => (answer.status >= 400 ? { ...answer, status } : answer));

/** Answers have another header, or none. */
export const header = (endpoint: string, name: string, value?: string): Fault =>
  onAnswer(endpoint, value ? `has the header ${name}: ${value}` : `has no header ${name}`, (answer) => {
    const { [name]: _, ...headers } = answer.headers;
    return { ...answer, headers: value ? { ...headers, [name]: value } : headers };
  });

/** Which frames a fault is about: those that have these values, on one of the sockets or on all. */
interface Which extends Fields {
  socket?: number;
}

const isMeant =
  ({ socket, ...values }: Which) =>
  (frame: unknown, to: Listener): boolean =>
    (socket === undefined || socket === to.number) &&
    isObject(frame) &&
    Object.entries(values).every(([key, value]) => frame[key] === value);

function onFrame(what: string, which: Which, change: (frame: unknown) => unknown[]): Fault {
  const meant = isMeant(which);
  const named = Object.keys(which).length > 0 ? ` ${JSON.stringify(which)}` : '';
  return {
    what: `a frame${named} ${what}`,
    begin: () => ({ frame: (frame, to) => (meant(frame, to) ? change(frame) : [frame]) }),
  };
}

export const frames = (which: Which, ...changes: Changes): Faults =>
  each(changes, (change) => onFrame(change.what, which, (frame) => [changed(frame, change)]));

export const swallowed = (which: Which = {}): Fault => onFrame('does not arrive', which, () => []);

export const repeated = (which: Which = {}): Fault => onFrame('arrives twice', which, (frame) => [frame, frame]);

/** A frame arrives that the server should not have sent. */
export const preceded = (by: unknown, which: Which = {}): Fault =>
  onFrame(`arrives after ${JSON.stringify(by)}`, which, (frame) => [by, frame]);

/** Two frames arrive in the wrong order. */
export function swapped(which: Which = {}): Fault {
  const meant = isMeant(which);
  return {
    what: 'two frames arrive in the wrong order',
    begin: () => {
      let held: unknown;
      const frame = (one: unknown, to: Listener) => {
        if (!meant(one, to)) return [one];
        if (held === undefined) {
          held = one;
          return [];
        }
        const both = [one, held];
        held = undefined;
        return both;
      };
      return { frame };
    },
  };
}

export const leaking: Fault = { what: 'a socket gets the frames of other sockets', begin: () => ({ leaks: true }) };

/** A handshake that must be refused opens a socket. */
export const opens: Fault = { what: 'the handshake succeeds', begin: () => ({ opening: () => 101 }) };

/** A handshake has another status. */
export const handshake = (status: number): Fault => ({
  what: `the handshake is refused with ${status}`,
  begin: () => ({ opening: () => status }),
});

/** The server does not close the socket. */
export const staysOpen: Fault = { what: 'the socket stays open', begin: () => ({ staysOpen: true }) };

/** A frame of the client does not reach the server. */
export const lost = (type: string): Fault => ({
  what: `the server ignores a frame of the type ${type}`,
  begin: () => ({ sent: (text) => (text.includes(`"type":"${type}"`) ? [] : [text]) }),
});
