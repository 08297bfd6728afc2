import { readFileSync } from 'node:fs';
import * as auth from '#shared/contract/auth/index.ts';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import * as users from '#shared/contract/users/index.ts';
import { picture, type Step, urlOf } from '../../../infra/specs/tour.ts';
import type { Accounts } from '../client/accounts.ts';
import { type Backend, codeOf, unexpected } from '../client/backend.ts';
import type { Results } from '../run/results.ts';
import { expectationOf, inWords } from './expectations.ts';
import { pictureFile } from './files.ts';
import type { Variables } from './variables.ts';

/** One call of an endpoint, for the table of latencies. */
export interface Call {
  endpoint: Endpoint;
  ms: number;
}

type Account = ReturnType<Accounts['registering']>;

const isNamed = (step: Step, name: 'Anna' | 'Boris') => (step.body as { name?: string }).name === name;

/** Calls the endpoints of the tour, each with values from the answers before. */
export class Tourist {
  readonly calls: Call[] = [];
  readonly variables: Variables;
  private readonly backend: Backend;
  private readonly results: Results;
  private readonly accounts: Accounts;
  private anna: Account | undefined;

  constructor(backend: Backend, results: Results, accounts: Accounts, variables: Variables) {
    this.backend = backend;
    this.results = results;
    this.accounts = accounts;
    this.variables = variables;
  }

  async take(step: Step): Promise<void> {
    const { method, path } = step.endpoint;
    await this.results.check('endpoints', `${method} ${path}`, () => this.call(step));
  }

  private async call(step: Step): Promise<string> {
    const { endpoint, token, take = {}, uploadTo } = step;
    const expectation = expectationOf(endpoint);
    const { method } = endpoint;
    const { params, query } = this.variables.fill({ params: step.params ?? {}, query: step.query });
    const body = step.body && this.variables.fill({ ...step.body, ...expectation.body });
    const path = urlOf({ endpoint, params, ...(query && { query }) });
    const settle = this.follow(step, body ?? {});
    const answer = await this.backend.send({ method, path, token: token && this.variables.get(token), body });
    this.calls.push({ endpoint, ms: answer.ms });
    settle?.(answer.status === 200);
    const code = codeOf(answer);
    if (answer.status === 200 && expectation.succeeds) {
      if (typeof answer.body !== 'object') throw unexpected('the body', 'JSON', answer);
      this.variables.take(answer.body, take);
      if (uploadTo) await this.upload(this.variables.get(uploadTo));
      return '200';
    }
    const isFine = expectation.codes.some((one) => one === code);
    if (!isFine) throw unexpected('the answer', inWords(expectation), answer);
    this.variables.takeNothing(take);
    return `${answer.status} ${code}: ${expectation.because}`;
  }

  /** Notes what a request does to an account, before it is sent. */
  private follow(step: Step, body: { email?: string; password?: string; newPassword?: string }) {
    const { endpoint } = step;
    const { anna } = this;
    if (endpoint === auth.register) {
      const account = this.accounts.registering(body.email ?? '', body.password ?? '');
      if (isNamed(step, 'Anna')) this.anna = account;
      return undefined;
    }
    if (!anna) return undefined;
    if (endpoint === auth.changePassword) return this.accounts.changing(anna, { password: body.newPassword ?? '' });
    if (endpoint === users.linkEmail) return this.accounts.changing(anna, { email: body.email ?? '' });
    if (endpoint === users.deleteMe) return (succeeded: boolean) => succeeded && this.accounts.deleted(anna);
    return undefined;
  }

  private async upload(url: string): Promise<void> {
    const headers = { 'content-type': picture.mimeType, 'if-none-match': '*' };
    const response = await fetch(url, { method: 'PUT', headers, body: readFileSync(pictureFile) });
    if (!response.ok) throw new Error(`The upload of ${picture.file} was refused with ${response.status}.`);
  }
}
