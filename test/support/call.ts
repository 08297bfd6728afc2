import { join } from 'node:path';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import { expectDeclared } from './declared.ts';
import { invoke, type RestInput } from './invoke.ts';
import type { Person } from './people.ts';

/** The handler of a function by its name: "websocket/message". */
export async function handlerOf(name: string) {
  const file = join(import.meta.dirname, '../../functions', `${name}.ts`);
  return (await import(/* @vite-ignore */ file)).handler;
}

/** Runs the handler of an endpoint of the contract, for nobody or for a person. */
export async function call(endpoint: Endpoint, person?: Pick<Person, 'token'>, input: RestInput = {}) {
  const all = { ...(person && { token: person.token }), ...input };
  const answer = await invoke(await handlerOf(endpoint.name), endpoint, all);
  expectDeclared(endpoint, answer);
  return answer;
}
