import type { Config } from './config.ts';

/** Reserved for, and a limit on, the functions that cost money with each call: text messages, model tokens, posts. */
export function reservedConcurrency({ concurrency }: Config): Record<string, number> {
  if (!concurrency) return {};
  const { deliver, assistant, textMessages } = concurrency;
  return { deliver, 'ai/ask-assistant': assistant, 'ai/list-suggestions': assistant, 'auth/send-code': textMessages };
}
