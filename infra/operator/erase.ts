import { setTimeout as sleep } from 'node:timers/promises';
import { type AnswerTo, commandNamed, type Input } from './commands.ts';
import { Refused } from './failure.ts';
import type { Api } from './send.ts';
import type { Terminal } from './terminal.ts';

/** Erases an account, which takes several requests if there is much to delete. */
export async function eraseAll(input: Input, api: Api, terminal: Terminal): Promise<AnswerTo<'erase'>> {
  let cursor: string | undefined;
  for (let requests = 1; ; requests++) {
    try {
      const answer = await api.run(commandNamed('erase'), { ...input, ...(cursor !== undefined && { cursor }) });
      if (answer.erased) return answer;
      cursor = answer.cursor;
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== 'deletion_unfinished') throw error;
      await sleep((error.retryAfterSeconds ?? 1) * 1000);
    }
    terminal.err(`There is more to delete: ${requests} ${requests === 1 ? 'request' : 'requests'} so far`);
  }
}
