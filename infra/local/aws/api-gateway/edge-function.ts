import { createHash, createHmac } from 'node:crypto';
import { createContext, runInContext } from 'node:vm';

/** A CloudFront Function for viewer requests. */
export type EdgeFunction = (event: { request: EdgeRequest }) => EdgeRequest | EdgeAnswer;

export interface EdgeRequest {
  method: string;
  uri: string;
  querystring: Record<string, { value: string; multiValue?: { value: string }[] }>;
  headers: Record<string, { value: string }>;
  cookies: Record<string, never>;
}

/** An answer from the edge itself, without the origin. */
export interface EdgeAnswer {
  statusCode: number;
  headers?: Record<string, { value: string }>;
  body?: { data: string };
}

/** The part of `crypto` that the runtime cloudfront-js-2.0 has. */
const modules: Record<string, unknown> = { crypto: { createHash, createHmac } };

/** Loads the code of a function. The runtime has almost nothing but the language itself. */
export function loadEdgeFunction(code: string): EdgeFunction {
  const require = (name: string) => {
    if (!(name in modules)) throw new Error(`A CloudFront Function cannot require "${name}" on this machine.`);
    return modules[name];
  };
  return runInContext(`${code}\n;handler`, createContext({ require }));
}
