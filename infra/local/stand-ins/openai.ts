import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod/mini';
import { readBody } from '../http/read-body.ts';

/** The base URL of the stand-in, which is used when no OpenAI key is set. */
export const openaiPath = '/_local/openai/v1';

const chatRequest = z.object({
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
  response_format: z.optional(z.unknown()),
});

/** With `tool`, the answer calls the tool instead of writing the text. */
interface StandInAnswer {
  text: string;
  tool?: { name: string; arguments: string };
}

/** Streams a Chat Completion that says, in the language of the question, that it is only a stand-in. */
export async function answerAsOpenai(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const parsed = parse(String(await readBody(request)));
  if (!parsed) return void response.writeHead(400).end();
  const { messages, response_format: format } = parsed;
  const question = messages.at(-1)?.content ?? '';
  const answer = format ? { text: JSON.stringify({ suggestions: proposals(question) }) } : answerTo(question);
  await streamCompletion(response, answer, Math.ceil(JSON.stringify(messages).length / 4));
}

function parse(body: string): z.output<typeof chatRequest> | undefined {
  try {
    return z.parse(chatRequest, JSON.parse(body));
  } catch {
    return undefined;
  }
}

const isRussian = (words: string) => /[а-яё]/i.test(words);

function answerTo(question: string): StandInAnswer {
  const reply = isRussian(question)
    ? `Вместо ассистента отвечает заглушка: ключ OpenAI не задан. Вы спросили: «${question}»`
    : `This is a stand-in for the assistant, as no OpenAI key is set. You asked: "${question}"`;
  if (!/meet|call|встреч|созвон/i.test(question)) return { text: reply };
  return { text: '', tool: { name: 'suggest_meeting', arguments: JSON.stringify({ reply }) } };
}

const proposals = (chat: string) =>
  isRussian(chat) ? ['Хорошая мысль!', 'Когда встречаемся?', 'Кто ещё с нами?'] : ['Good idea!', 'When?', 'Who is in?'];

/** Sends the events of a Chat Completion: the text word by word, the reason why it ended, and the usage. */
async function streamCompletion(
  response: ServerResponse,
  { text: words, tool }: StandInAnswer,
  promptTokens: number,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (choices: object[], more: object = {}) =>
    response.write(`data: ${JSON.stringify({ object: 'chat.completion.chunk', choices, ...more })}\n\n`);
  for (const content of words.match(/\S+\s*/g) ?? []) {
    if (response.destroyed) return;
    send([{ index: 0, delta: { content } }]);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  if (tool) send([{ index: 0, delta: { tool_calls: [{ index: 0, id: 'call', type: 'function', function: tool }] } }]);
  send([{ index: 0, delta: {}, finish_reason: tool ? 'tool_calls' : 'stop' }]);
  const completionTokens = Math.ceil(words.length / 4);
  send([], {
    usage: {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
    },
  });
  response.end('data: [DONE]\n\n');
}
