import type { Terminal } from '../../infra/operator/terminal.ts';

/** A terminal that keeps what is written. Someone sits at it if there are answers, which they type in this order. */
export function terminalWith({ answers, width }: { answers?: string[]; width?: number } = {}) {
  const written = { out: '', err: '', questions: [] as string[] };
  const terminal: Terminal = {
    out: (line) => {
      written.out += `${line}\n`;
    },
    err: (line) => {
      written.err += `${line}\n`;
    },
    width,
    ask: answers && askFrom(answers, written.questions),
  };
  return { terminal, written };
}

const askFrom = (answers: string[], questions: string[]) => async (question: string) => {
  questions.push(question);
  return answers.shift() ?? '';
};
