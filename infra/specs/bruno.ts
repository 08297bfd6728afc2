import { title } from './descriptions.ts';
import { operationId } from './schemas.ts';
import {
  codeStep,
  frames,
  inBrackets,
  isOfBoris,
  picture,
  positionOf,
  type Step,
  socketPath,
  stepTitleOf,
  tour,
  urlOf,
  variables,
} from './tour.ts';

interface BrunoRequest {
  /** Names the file. */
  name: string;
  title: string;
  type: 'http' | 'ws';
  seq: number;
  blocks: string[];
}

/** A Bruno collection: its files by their names. Bruno sorts the requests by `seq`. */
export function bruno(): Record<string, string> {
  const files = tour.flatMap(requestsOf).map(({ name, title, type, seq, blocks }) => {
    // bru run --exclude-tags socket
    const tags = type === 'ws' ? { tags: '[\n  socket\n]' } : {};
    return [`${name}.bru`, [block('meta', { name: title, type, seq: String(seq), ...tags }), ...blocks].join('\n')];
  });
  return {
    'bruno.json': `${JSON.stringify({ version: '1', name: title, type: 'collection' }, null, 2)}\n`,
    'environments/local.bru': block('vars', variables),
    ...Object.fromEntries(files),
  };
}

const lines = (name: string, text: string) => `${name} {\n${text.replace(/^/gm, '  ')}\n}\n`;

const block = (name: string, values: Record<string, string>) =>
  lines(
    name,
    Object.entries(values)
      .map(([key, value]) => `${key}: ${value}`)
      .join('\n'),
  );

const takes = (take: Record<string, string>) =>
  block(
    'vars:post-response',
    Object.fromEntries(Object.entries(take).map(([name, path]) => [name, `res.body.${inBrackets(path)}`])),
  );

const succeeds = block('assert', { 'res.status': 'eq 200' });

/** A step, with the one-time code that it needs before it and the socket that it opens after it. */
function requestsOf(step: Step): BrunoRequest[] {
  const seq = positionOf(step);
  const requests: BrunoRequest[] = [httpRequest(step, seq)];
  if (step.needsCode) requests.unshift({ ...codeRequest, seq: seq - 1 });
  if (step.uploadTo) requests.push(uploadRequest(step.uploadTo, seq + 1));
  if (step.take?.ticket) requests.push({ ...socketRequest, seq: seq + 1 });
  return requests;
}

function httpRequest(step: Step, seq: number): BrunoRequest {
  const { endpoint, token, query, body, take } = step;
  const blocks = [
    block(endpoint.method.toLowerCase(), {
      url: `{{baseUrl}}${urlOf(step)}`,
      body: body ? 'json' : 'none',
      auth: token ? 'bearer' : 'none',
    }),
    ...(query ? [block('params:query', query)] : []),
    ...(token ? [block('auth:bearer', { token: `{{${token}}}` })] : []),
    ...(body ? [lines('body:json', JSON.stringify(body, null, 2))] : []),
    ...(take ? [takes(take)] : []),
    succeeds,
  ];
  const name = [
    operationId(endpoint),
    ...(isOfBoris(step) ? ['boris'] : []),
    ...(step.uploadTo ? [step.uploadTo] : []),
  ].join('-');
  return { name, title: stepTitleOf(step), type: 'http', seq, blocks };
}

const uploadRequest = (variable: string, seq: number): BrunoRequest => ({
  name: variable,
  title: 'Upload the picture to the bucket',
  type: 'http',
  seq,
  blocks: [
    block('put', { url: `{{${variable}}}`, body: 'file', auth: 'none' }),
    block('headers', { 'content-type': picture.mimeType, 'if-none-match': '*' }),
    lines('body:file', `file: @file(${picture.file}) @contentType(${picture.mimeType})`),
    succeeds,
  ],
});

const codeRequest: Omit<BrunoRequest, 'seq'> = {
  name: 'read-code',
  title: 'Read the one-time code from the local runner',
  type: 'http',
  blocks: [
    block('get', { url: `{{baseUrl}}${codeStep.path}`, body: 'none', auth: 'none' }),
    block('params:query', { phone: '{{phone}}' }),
    takes(codeStep.take),
    succeeds,
  ],
};

const socketRequest: Omit<BrunoRequest, 'seq'> = {
  name: 'open-socket',
  title: 'Open a socket and send frames',
  type: 'ws',
  blocks: [
    block('ws', { url: `{{wsUrl}}${socketPath}`, body: 'ws', auth: 'none' }),
    ...frames.map((frame) => lines('body:ws', `name: ${frame.type}\ncontent: '''\n  ${JSON.stringify(frame)}\n'''`)),
  ],
};
