import * as ai from '#shared/contract/ai/index.ts';
import * as auth from '#shared/contract/auth/index.ts';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import * as files from '#shared/contract/files/index.ts';
import * as google from '#shared/contract/google/index.ts';
import * as groups from '#shared/contract/groups/index.ts';
import type { ProblemCode } from '#shared/contract/problems.ts';
import * as users from '#shared/contract/users/index.ts';

/** What an endpoint may answer. */
interface Expectation {
  /** Refusals that prove as well as a success that the function runs, with what it needs. */
  codes: readonly ProblemCode[];
  /** Whether it may succeed. */
  succeeds: boolean;
  /** Why a refusal is enough. */
  because: string;
  /** Fields of the body that differ from the tour's. */
  body?: object;
}

/** It is read before anything is counted, sent or charged. */
const noPhone = {
  codes: ['invalid_input'],
  succeeds: false,
  because: 'the phone is invalid on purpose, so no text message is sent',
  body: { phone: '12', code: '123456' },
} as const;
const mayLack = (because: string, ...codes: ProblemCode[]): Expectation => ({ codes, succeeds: true, because });
const needsModel = mayLack('the assistant is optional', 'assistant_not_configured', 'assistant_budget_spent');
const needsFiles = mayLack('files are optional', 'files_not_configured');

const special = new Map<Endpoint, Expectation>([
  [auth.sendCode, { ...noPhone, body: { phone: noPhone.body.phone } }],
  [users.linkPhone, noPhone],
  [ai.askAssistant, needsModel],
  [ai.listSuggestions, needsModel],
  [google.linkGoogle, mayLack('the token is not one of Google’s', 'google_not_configured', 'google_token_invalid')],
  [google.createMeeting, mayLack('no Google account is linked', 'google_not_configured', 'google_not_linked')],
  [files.createFile, needsFiles],
  [users.setAvatar, needsFiles],
  [groups.setPicture, needsFiles],
]);

const ordinary: Expectation = { codes: [], succeeds: true, because: '' };

export const expectationOf = (endpoint: Endpoint): Expectation => special.get(endpoint) ?? ordinary;

/** "200 or 503 files_not_configured", without the statuses of the codes. */
export const inWords = ({ codes, succeeds }: Expectation): string =>
  [...(succeeds ? ['200'] : []), ...codes].join(' or ');
