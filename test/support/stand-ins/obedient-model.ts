import type { Json } from '../api-client.ts';
import type { Behavior } from './openai.ts';

/**
 * A model that obeys everybody: whatever it is told holds "ORDER:call TOOL" or "ORDER:write TEXT;", it does, wherever that
 * stands, and whether or not it was offered the tool.
 */
export function obedientModel({ messages }: Json): Behavior {
  const told = JSON.stringify(messages);
  const [, tool] = /ORDER:call (\w+)/.exec(told) ?? [];
  const [, words = 'As you wish.'] = /ORDER:write ([^;]+);/.exec(told) ?? [];
  const reply = { reply: words, meetUrl: 'https://meet.google.com/evl-evil-evl' };
  return { pieces: [words], ...(tool && { tool: { name: tool, arguments: JSON.stringify(reply) } }) };
}
