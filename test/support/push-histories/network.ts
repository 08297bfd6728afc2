import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type AwsRequest,
  type AwsResponse,
  type HttpRequest,
  type HttpResponse,
  exchange as reallyExchange,
} from '../../../shared/platform/aws/request.ts';
import { real } from './time.ts';

/** A call to DynamoDB. */
export interface DatabaseCall {
  operation: string;
  body: string;
  make: () => Promise<HttpResponse>;
}

/** An invocation of a function. It decides what happens to the calls that the function makes. */
export interface Caller {
  database(call: DatabaseCall): Promise<HttpResponse>;
  queue(body: string, delaySeconds: number): Promise<AwsResponse>;
}

/** AWS and Firebase in the history that is being played. */
export interface Network {
  secret(input: object): object;
  firebase(url: string, init: RequestInit): Promise<Response>;
}

const invocations = new AsyncLocalStorage<Caller>();
let network: Network | undefined;

export const invokeAs = <T>(caller: Caller, run: () => Promise<T>): Promise<T> => invocations.run(caller, run);
export const currentCaller = (): Caller | undefined => invocations.getStore();

export function connectTo(other: Network): void {
  network = other;
}

/** Longer than DynamoDB Local takes on a busy machine. Milliseconds. */
const timeoutMs = 60_000;

const textOf = ({ body }: HttpRequest): string => (typeof body === 'string' ? body : new TextDecoder().decode(body));

/** Replaces the function of this name in shared/platform/aws/request.ts, as does the next one. */
export function exchange(request: HttpRequest): Promise<HttpResponse> {
  const make = () => real(() => reallyExchange(request, { timeoutMs }));
  const operation = request.headers['x-amz-target']?.split('.')[1] ?? '';
  return currentCaller()?.database({ operation, body: textOf(request), make }) ?? make();
}

export async function signedExchange({ service }: AwsRequest): Promise<HttpResponse> {
  throw new Error(`Nobody is there to answer ${service}`);
}

export async function awsRequest({ service, body = '' }: AwsRequest): Promise<AwsResponse> {
  const input = JSON.parse(body);
  if (service === 'secretsmanager') return { status: 200, body: JSON.stringify(network?.secret(input)) };
  const caller = currentCaller();
  if (service !== 'sqs' || !caller) throw new Error(`Nobody is there to answer ${service}`);
  return caller.queue(input.MessageBody, input.DelaySeconds);
}

globalThis.fetch = (url, init = {}) => {
  if (!network) throw new Error(`Nobody is there to answer ${url}`);
  return network.firebase(String(url), init);
};
