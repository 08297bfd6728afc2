import { title } from './descriptions.ts';
import { operationId } from './schemas.ts';
import { codeStep, frames, inBrackets, type Step, socketPath, stepTitleOf, tour, urlOf, variables } from './tour.ts';

interface BrunoRequest {
  name: string;
  title: string;
  type: 'http' | 'ws';
  blocks: string[];
}

/** The files of a Bruno collection, by name. */
export function bruno(): Record<string, string> {
  const files = tour.flatMap(requestsOf).map((request, index) => {
    const number = String(index + 1).padStart(2, '0');
    const meta = block('meta', {
      name: `${number} ${request.title}`,
      type: request.type,
      seq: String(index + 1),
      // bru run --exclude-tags socket
      ...(request.type === 'ws' && { tags: '[\n  socket\n]' }),
    });
    return [`${number}-${request.name}.bru`, [meta, ...request.blocks].join('\n')] as const;
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

/** The requests of a step. A request that reads the one-time code precedes it, and a socket follows if it takes a ticket. */
function requestsOf(step: Step): BrunoRequest[] {
  const requests: BrunoRequest[] = [httpRequest(step)];
  if (step.needsCode) requests.unshift(codeRequest);
  if (step.take?.ticket) requests.push(socketRequest);
  return requests;
}

function httpRequest(step: Step): BrunoRequest {
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
  return { name: operationId(endpoint), title: stepTitleOf(step), type: 'http', blocks };
}

const codeRequest: BrunoRequest = {
  name: 'code',
  title: 'Read the one-time code from the local runner',
  type: 'http',
  blocks: [
    block('get', { url: `{{baseUrl}}${codeStep.path}`, body: 'none', auth: 'none' }),
    block('params:query', { phone: '{{phone}}' }),
    takes(codeStep.take),
    succeeds,
  ],
};

const socketRequest: BrunoRequest = {
  name: 'socket',
  title: 'Open a socket and send frames',
  type: 'ws',
  blocks: [
    block('ws', { url: `{{wsUrl}}${socketPath}`, body: 'ws', auth: 'none' }),
    ...frames.map((frame) => lines('body:ws', `name: ${frame.type}\ncontent: '''\n  ${JSON.stringify(frame)}\n'''`)),
  ],
};
