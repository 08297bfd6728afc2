import type { Behavior } from './openai.ts';

/** Ways in which servers that speak Chat Completions differ from OpenAI. Each is some server's. */

const event = (chunk: object) => `data: ${JSON.stringify(chunk)}\n\n`;
const said = (content: unknown, more: object = {}) => event({ choices: [{ index: 0, delta: { content }, ...more }] });
const stop = event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
const done = 'data: [DONE]\n\n';
const json = { 'content-type': 'application/json; charset=utf-8' };
const whole = (message: object) =>
  JSON.stringify({ object: 'chat.completion', choices: [{ index: 0, message, finish_reason: 'stop' }] });

/** Streams that say "Go to the lake.". */
export const streams: Record<string, Behavior> = {
  'a chunk without choices': {
    body: said('Go to the lake.') + event({ prompt_filter_results: [] }) + stop + event({ usage: {} }) + done,
  },
  'choices that are null or empty': {
    body: said('Go to the lake.') + event({ choices: null }) + event({ choices: [] }) + stop + done,
  },
  'a choice without a delta': {
    body: said('Go to the lake.') + event({ choices: [{ index: 0, content_filter_results: {} }] }) + stop + done,
  },
  'fields that are null': {
    body:
      event({ choices: [{ index: 0, delta: null, finish_reason: null }], usage: null, error: null }) +
      said(null) +
      event({ choices: [{ delta: { content: 'Go to the lake.', tool_calls: null, function_call: null } }] }) +
      stop +
      done,
  },
  'no finish_reason before [DONE]': { body: said('Go ') + said('to the lake.') + done },
  'a finish_reason and no [DONE]': { body: said('Go ') + said('to the lake.', { finish_reason: 'stop' }) },
  'comments and other fields between the events': {
    body: `: keep-alive\n\nid: 1\nevent: message\n${said('Go ')}:\n\nretry: 10\n${said('to the lake.')}${stop}${done}`,
  },
  'lines that end with CRLF, and no space after the colon': {
    body: (said('Go to the lake.') + stop + done).replaceAll('\n', '\r\n').replaceAll('data: ', 'data:'),
  },
  'one JSON object instead of a stream': { body: whole({ content: 'Go to the lake.' }), headers: json },
  'text in parts, after thoughts': {
    body:
      said([{ type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] }]) +
      said([{ type: 'text', text: 'Go to the lake.' }]) +
      stop +
      done,
  },
  'thoughts in a field of their own': {
    body:
      event({ choices: [{ delta: { reasoning_content: 'Hm.', content: null } }] }) +
      event({ choices: [{ delta: { reasoning: 'Hm.' } }] }) +
      said('Go to the lake.') +
      stop +
      done,
  },
};

/** Streams that are no answer, though they begin like one, and answer 200. */
export const brokenStreams: Record<string, Behavior> = {
  'an error': { body: said('Half an') + event({ error: { message: 'out of memory', code: 500 } }) + done },
  'an error as the whole chunk': { body: said('Half an') + event({ object: 'error', message: 'told to' }) + done },
  'an error code': { body: said('Half an') + event({ text: 'told to', error_code: 50001 }) + done },
  'an error as JSON': { body: JSON.stringify({ error: { message: 'told to' } }), headers: json },
  'no end': { body: said('Half an') },
  'nothing but its end': { body: done },
  'thoughts without an end': { body: said('<think>Half a') + stop + done },
};

/** Answers that think aloud, in pieces, and then say "Go to the lake.". */
export const thoughtful: Record<string, string[]> = {
  'in tags': ['<think>Should they', ' swim?</think>\n\nGo ', 'to the lake.'],
  'in tags that arrive in pieces': ['\n', '<th', 'ink', '>swim', '</thi', 'nk', '>\n', 'Go ', 'to the lake.'],
  'in other tags': ['<thinking>swim</thinking>', 'Go to the lake.'],
  'in brackets': ['[THINK]swim[/THINK]Go to the lake.'],
  'without saying where they begin, on lines of their own': ['Swim? ', 'Or not\n</think>', '\n\nGo to the lake.'],
  'without saying where they begin': ['Should they swim?', '</think>Go ', 'to the lake.'],
};

const name = 'suggest_meeting';
const args = '{"reply":"Let us meet."}';
const calls = (...tool_calls: object[]) => event({ choices: [{ index: 0, delta: { tool_calls } }] });

/** Streams that call suggest_meeting with the reply "Let us meet.". */
export const toolCalls: Record<string, Behavior> = {
  'arguments as an object': {
    body: calls({ index: 0, function: { name, arguments: JSON.parse(args) } }) + stop + done,
  },
  'no index, id or type': { body: calls({ function: { name, arguments: args } }) + done },
  'pieces without an index': {
    body:
      calls({ function: { name, arguments: '{"reply":' } }) +
      calls({ function: { arguments: '"Let us meet."}' } }) +
      done,
  },
  'the name in each piece': {
    body:
      calls({ index: 0, id: 'a', function: { name, arguments: '{"reply":' } }) +
      calls({ index: 0, id: 'a', function: { name, arguments: '"Let us meet."}' } }) +
      stop,
  },
  'the index of another call with its id': {
    body:
      calls({ index: 0, id: 'a', function: { name, arguments: '' } }) +
      calls({ index: 1, id: 'a', function: { arguments: args } }) +
      stop,
  },
  'several calls at one index': {
    body:
      calls({ index: 0, id: 'a', function: { name: 'unknown', arguments: '' } }) +
      calls({ index: 0, id: 'b', function: { name, arguments: args } }) +
      calls({ index: 0, id: 'c', function: { name: 'unknown', arguments: '{}' } }) +
      stop,
  },
  'several calls in turn': {
    body:
      calls({ index: 0, function: { name, arguments: '{"reply":' } }, { index: 1, function: { name: 'other' } }) +
      calls({ index: 0, function: { arguments: '"Let us meet."}' } }, { index: 1, function: { arguments: '{}' } }) +
      stop,
  },
  'the same call twice': {
    body: calls({ function: { name, arguments: args } }) + calls({ function: { name, arguments: args } }) + stop,
  },
  'the old function_call': {
    body:
      event({ choices: [{ delta: { function_call: { name, arguments: '' } } }] }) +
      event({ choices: [{ delta: { function_call: { arguments: args } }, finish_reason: 'function_call' }] }) +
      done,
  },
  'one JSON object': {
    body: whole({ content: null, tool_calls: [{ id: 'a', type: 'function', function: { name, arguments: args } }] }),
    headers: json,
  },
  'its arguments empty, beside the text': {
    body: said('Let us meet.') + calls({ index: 0, function: { name, arguments: '' } }) + stop + done,
  },
};

/** Texts that hold the suggestions "Yes" and "No", though not as they were asked for. */
export const looseSuggestions: Record<string, string> = {
  'in a fence': '```json\n{"suggestions": ["Yes", "No"]}\n```',
  'in a fence without a language, with words around it':
    'Here you are:\n```\n{"suggestions":["Yes","No"]}\n```\nEnjoy!',
  'with words around them': 'Sure! {"suggestions":["Yes","No"]} Anything else?',
  'as a list': '["Yes", "No"]',
  'after thoughts': '<think>{"suggestions":["Hm"]}</think>{"suggestions":["Yes","No"]}',
  'with more fields': '{"language":"en","suggestions":["Yes","No"]}',
};

export const uselessSuggestions: Record<string, string> = {
  'as text': '1. Yes\n2. No',
  'as numbers': '{"suggestions":[1,2]}',
  'by another name': '{"choices":["Yes","No"]}',
  'cut off': '```json\n{"suggestions": ["Yes", "N',
};
