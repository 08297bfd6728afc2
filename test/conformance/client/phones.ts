import { exec } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { promisify } from 'node:util';
import * as z from 'zod';
import type { Transport } from './transport.ts';
import { brief, Skipped, Unmet } from './unmet.ts';

/** The specification does not say how a one-time code is requested, so somebody has to say how to get one. */
export interface Phones {
  /** A phone, and a code that was just sent to it. */
  next(transport: Transport): Promise<{ phone: string; code: string }>;
}

/** The code is in the output of a command, which finds the phone in $PHONE. */
export function phoneOf(phone: string, command: string): Phones {
  return {
    async next() {
      const run = promisify(exec)(command, { env: { ...process.env, PHONE: phone }, timeout: 120_000 });
      const { stdout } = await run.catch((error: Error) => {
        throw new Unmet('--code-command', 'a code', error.message.trim());
      });
      const code = /(?<!\d)\d{4,8}(?!\d)/.exec(stdout)?.[0];
      if (code === undefined) throw new Unmet('--code-command', 'a code of 4 to 8 digits', stdout);
      return { phone, code };
    },
  };
}

const textMessages = z.looseObject({ messages: z.array(z.looseObject({ code: z.string() })) });

/** `npm start` shows the text messages that it would send, so a random phone will do. Other servers don't: then it is skipped. */
export const phonesOfLaptop: Phones = {
  async next(transport) {
    const phone = `+7999${randomInt(10_000_000).toString().padStart(7, '0')}`;
    const path = `/_local/sms?phone=${encodeURIComponent(phone)}`;
    // Asked first, so that a real server sends no text message to a stranger.
    const { status, body } = await transport.send({ method: 'GET', path });
    if (status !== 200 || !textMessages.safeParse(body).success)
      throw new Skipped('no --phone and --code-command were given');
    const sent = await transport.send({ method: 'POST', path: '/auth/code', body: { phone } });
    const shown = textMessages.safeParse((await transport.send({ method: 'GET', path })).body);
    const [newest] = shown.data?.messages ?? [];
    if (!newest) throw new Unmet('POST /auth/code', 'a text message', `${sent.status} ${brief(sent.body)}`);
    return { phone, code: newest.code };
  },
};
