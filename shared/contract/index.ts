import * as ai from './ai/index.ts';
import * as auth from './auth/index.ts';
import * as chats from './chats/index.ts';
import * as docs from './docs/index.ts';
import type { Endpoint } from './endpoint.ts';
import * as files from './files/index.ts';
import * as google from './google/index.ts';
import * as groups from './groups/index.ts';
import * as health from './health/index.ts';
import * as messages from './messages/index.ts';
import * as users from './users/index.ts';

const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === 'object' && value !== null && 'path' in value && 'method' in value;

/** Every REST endpoint, by group and then by name. To add one, see docs/develop.md. */
export const endpoints: readonly Endpoint[] = [
  health,
  auth,
  users,
  chats,
  messages,
  groups,
  files,
  ai,
  google,
  docs,
].flatMap((group) =>
  // Sorted, because module loaders differ in the order of a module's exports.
  Object.values(group)
    .filter(isEndpoint)
    .sort((a, b) => (a.name < b.name ? -1 : 1)),
);
