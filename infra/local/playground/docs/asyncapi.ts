/** The parts of an AsyncAPI 3 document that the page of the sockets shows. */

interface Schema {
  type?: string;
  description?: string;
  const?: string;
  default?: unknown;
  $ref?: string;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
}

interface MessageObject {
  name: string;
  summary: string;
  payload: Schema;
  examples: { payload: Record<string, unknown> }[];
}

interface Channel {
  address: string;
  title: string;
  bindings: { ws: { query: { properties: Record<string, Schema> } } };
}

interface Operation {
  /** From the server's side: it receives what a client sends. */
  action: 'receive' | 'send';
  channel: Schema;
  description?: string;
  messages: Schema[];
  reply?: { messages: Schema[] };
}

export interface AsyncApi {
  info: { description: string };
  channels: Record<string, Channel>;
  operations: Record<string, Operation>;
  components: { schemas: Record<string, Schema>; messages: Record<string, MessageObject> };
}

/** A frame that can be sent or received on a channel. */
export interface Frame {
  name: string;
  summary: string;
  /** What the frame's operation says beyond the summary, such as its refusals. */
  description: string;
  fields: Field[];
  example: Record<string, unknown>;
  /** The value of `type`, if it is always the same. */
  type: string | undefined;
}

export interface Field {
  name: string;
  type: string;
  isRequired: boolean;
  description: string;
}

const lastOf = (path: string | undefined): string => path?.split('/').at(-1) ?? '';

const operationsOf = (api: AsyncApi, channel: string): Operation[] =>
  Object.values(api.operations).filter((operation) => lastOf(operation.channel.$ref) === channel);

/** The frames that a client sends on a channel. */
export const sentFrames = (api: AsyncApi, channel: string): Frame[] =>
  operationsOf(api, channel)
    .filter(({ action }) => action === 'receive')
    .flatMap(({ messages, description = '' }) => messages.map(({ $ref }) => frameOf(api, lastOf($ref), description)));

/** The frames that a client receives on a channel: answers and what happens. */
export function receivedFrames(api: AsyncApi, channel: string): Frame[] {
  const frames = operationsOf(api, channel).flatMap(({ action, messages, reply }) =>
    action === 'send' ? messages : (reply?.messages ?? []),
  );
  const names = new Set(frames.map(({ $ref }) => lastOf($ref)));
  return [...names].map((name) => frameOf(api, name));
}

function frameOf({ components }: AsyncApi, name: string, description = ''): Frame {
  const message = components.messages[name];
  const { properties = {}, required = [] } = components.schemas[name] ?? {};
  const fields = Object.entries(properties).map(([field, schema]) => ({
    name: field,
    type: typeOf(schema),
    isRequired: required.includes(field),
    description: schema.description ?? '',
  }));
  const { summary = '', examples = [] } = message ?? {};
  const example = examples[0]?.payload ?? {};
  return { name, summary, description, fields, example, type: properties.type?.const };
}

function typeOf({ type, const: only, $ref, items }: Schema): string {
  if ($ref) return lastOf($ref);
  if (only !== undefined) return `"${only}"`;
  return items ? `${typeOf(items)}[]` : (type ?? 'any');
}

/** What a frame from the server is called. A message has no `type` of its own. */
export const nameOf = (frames: readonly Frame[], { type }: { type?: unknown }): string =>
  frames.find((frame) => frame.type === type)?.name ?? 'Message';
