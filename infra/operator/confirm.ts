import type { OperatorCommand } from '#shared/contract/operator/index.ts';
import { commandNamed, type Input } from './commands.ts';
import { Failure, Refused } from './failure.ts';
import type { Api } from './send.ts';
import type { Terminal } from './terminal.ts';
import { views } from './views/index.ts';

type Final = Extract<OperatorCommand, { effect: 'final' }>['name'];

/** What a final command is about: its id, what to show of it, and the input that names exactly this. */
interface Subject {
  id: string;
  shown: string[];
  input: Input;
}

const lookUp: Record<Final, (api: Api, input: Input, terminal: Terminal) => Promise<Subject>> = {
  erase: async (api, input, terminal) => {
    const answer = await api.run(commandNamed('user'), { who: input.who });
    const { id } = answer.user;
    const what = input.messages
      ? 'This account and everything that its user has written will be erased.'
      : 'This account will be erased. What its user has written stays.';
    return { id, shown: [...views.user(answer, terminal, input), '', what], input: { ...input, who: id } };
  },
  'remove-message': async (api, input, terminal) => {
    const { messageId } = input;
    const shown = await api.run(commandNamed('report'), { messageId }).then(
      (answer) => views.report(answer, terminal, input),
      (error) => {
        if (error instanceof Refused && error.code === 'report_not_found')
          return ['Nobody has reported this message, so nothing can be shown of it.'];
        throw error;
      },
    );
    return { id: String(messageId), shown: [...shown, '', 'This message will be removed for everybody.'], input };
  },
};

/** Throws a `Failure` if nobody can be asked and the command does not say --yes. */
export function requireSomebodyToAsk({ yes }: { yes?: boolean }, { ask }: Terminal): void {
  if (yes || ask) return;
  throw new Failure('misused', 'This cannot be undone, and there is no terminal to confirm it. Add --yes.');
}

/** Shows what a final command is about and lets the operator confirm it. Returns the input to send. */
export async function confirm(name: Final, input: Input, api: Api, terminal: Terminal): Promise<Input> {
  const subject = await lookUp[name](api, input, terminal);
  for (const line of subject.shown) terminal.err(line);
  const start = subject.id.slice(0, 4);
  const typed = await terminal.ask?.(`This cannot be undone. Type ${start} or yes to continue: `);
  if (![start, 'yes'].includes(typed?.trim() ?? '')) throw new Failure('misused', 'Nothing was done.');
  return subject.input;
}
