import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { askAssistant } from '#shared/contract/ai/ask-assistant.ts';
import { reportMessage } from '#shared/contract/chats/report-message.ts';
import { content } from '#shared/contract/fields/index.ts';

test.each(
  Object.entries({
    content,
    question: askAssistant.body.shape.question,
    reason: reportMessage.body.shape.reason,
  }),
)('the %s stays exactly as it was sent, and is refused if nothing can be seen', (_field, text) => {
  const written = '\u3000  if (x) {\n\ty();\n}\u2028\n ';
  expect(z.safeParse(text, written).data).toBe(written);
  for (const blank of ['', ' \n', '\u200B', '\u3164']) expect(z.safeParse(text, blank).success).toBe(false);
});
