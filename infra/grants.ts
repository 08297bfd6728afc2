import type { Assistant } from './constructs/assistant.ts';
import type { Delivery } from './constructs/delivery.ts';
import type { Grant } from './constructs/endpoint-function.ts';
import type { Google } from './constructs/google.ts';
import type { Keys } from './constructs/keys.ts';
import type { OperatorSecret } from './constructs/operator-secret.ts';
import type { RestApi } from './constructs/rest-api.ts';
import type { SocketApi } from './constructs/socket-api.ts';
import type { TableAction, Tables } from './constructs/tables.ts';
import type { TextMessages } from './constructs/text-messages.ts';

interface Resources {
  tables: Tables;
  keys: Keys;
  socketApi: SocketApi;
  delivery: Delivery;
  textMessages: TextMessages;
  restApi: RestApi;
  operatorSecret: OperatorSecret;
  google: Google;
  assistant: Assistant;
}

/** What each function may do, by the function's name. A function that isn't here may do nothing but log. */
export function grantsOf(resources: Resources): Record<string, Grant[]> {
  const { tables, keys, socketApi, delivery, textMessages, restApi, operatorSecret, google, assistant } = resources;
  const verifying = keys.verifying();
  const signing = keys.signing();
  const addresses = keys.addresses();
  /** Checking an access token, and what the endpoint does to the Chat table. */
  const forUser = (...actions: TableAction[]) => [verifying, tables.chat(...actions)];
  /** The same, and looking whether the token's session stands. */
  const forSession = (...actions: TableAction[]) => forUser('GetItem', ...actions);
  /** Reading a chat's connections, posting to them and removing those that are gone. */
  const posting = [tables.connections('Query', 'BatchWriteItem'), socketApi.posting()];
  /** The same, and having it done by `deliver` in a large room. */
  const delivering = [...posting, delivery.invoking()];
  /** Reading a user's connections, closing them and removing them. */
  const closing = [tables.connections('Query', 'BatchWriteItem'), socketApi.closing()];
  /** Both: the table's grant once. */
  const deliveringAndClosing = [...delivering, socketApi.closing()];
  /** Speaking with Google as our client. */
  const atGoogle = [google.addresses(), operatorSecret.reading()];
  return {
    'not-found': [],
    deliver: [...delivering, delivery.failing(), tables.connections('PutItem', 'UpdateItem'), tables.chat()],
    'rotate-keys': keys.rotating(),
    'health/check-health': [tables.chat('GetItem'), tables.connections('GetItem')],
    'docs/get-openapi': [],
    'docs/get-asyncapi': [],
    'auth/register': [signing, addresses, tables.chat('PutItem', 'UpdateItem')],
    'auth/login': [
      signing,
      addresses,
      keys.codes(),
      tables.chat('GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'),
    ],
    'auth/send-code': [addresses, keys.codes(), textMessages.sending(), tables.chat('PutItem', 'UpdateItem')],
    'auth/refresh': [verifying, signing, tables.chat('UpdateItem', 'DeleteItem'), ...closing],
    'auth/logout': [...forSession('DeleteItem', 'Query', 'BatchWriteItem'), ...closing],
    'auth/list-sessions': forSession('Query'),
    'auth/end-session': [...forSession('DeleteItem'), ...closing],
    'auth/change-password': [
      ...forSession('UpdateItem', 'DeleteItem', 'Query', 'BatchWriteItem'),
      keys.codes(),
      ...closing,
    ],
    'auth/create-ticket': [...forSession('UpdateItem'), tables.connections('PutItem')],
    'users/get-me': forSession(),
    'users/update-me': forSession('UpdateItem'),
    'users/delete-me': [
      ...forSession('BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'),
      keys.codes(),
      google.addresses(),
      google.tokens('Decrypt'),
      ...deliveringAndClosing,
    ],
    'users/export-me': forSession('Query', 'UpdateItem'),
    'users/link-phone': [...forSession('PutItem', 'UpdateItem', 'DeleteItem'), keys.codes()],
    'users/link-email': [...forSession('PutItem', 'UpdateItem', 'DeleteItem'), keys.codes()],
    'users/find-users': forSession('BatchGetItem', 'UpdateItem'),
    'users/block-user': [...forSession('PutItem', 'UpdateItem', 'ConditionCheckItem'), ...closing],
    'users/unblock-user': forSession('UpdateItem', 'DeleteItem', 'ConditionCheckItem'),
    'users/list-blocks': forSession('Query', 'BatchGetItem'),
    'chats/list-chats': forUser('Query', 'BatchGetItem'),
    'chats/open-direct': forSession('BatchGetItem', 'PutItem', 'UpdateItem', 'ConditionCheckItem'),
    'chats/list-messages': forUser('GetItem', 'Query', 'BatchGetItem'),
    'chats/send-message': [...forUser('GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'), ...delivering],
    'chats/mark-read': [...forUser('GetItem', 'UpdateItem'), ...posting],
    'chats/list-reads': forUser('GetItem', 'BatchGetItem'),
    'chats/report-message': forSession('PutItem', 'UpdateItem'),
    'groups/create-group': forSession('BatchGetItem', 'PutItem', 'UpdateItem'),
    'groups/join-group': [...forUser('GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'), ...delivering],
    'groups/get-group': forUser('GetItem', 'BatchGetItem'),
    'groups/rename-group': [
      ...forSession('BatchGetItem', 'PutItem', 'UpdateItem', 'ConditionCheckItem'),
      ...delivering,
    ],
    'groups/add-members': [...forSession('BatchGetItem', 'PutItem', 'UpdateItem', 'ConditionCheckItem'), ...delivering],
    'groups/remove-member': [
      ...forSession('BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'),
      ...deliveringAndClosing,
    ],
    'groups/set-role': [...forSession('BatchGetItem', 'PutItem', 'UpdateItem', 'ConditionCheckItem'), ...delivering],
    'groups/renew-invite': forSession('BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'),
    'groups/revoke-invite': forSession('BatchGetItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'),
    'ai/ask-assistant': [
      ...forSession('BatchGetItem', 'Query', 'PutItem', 'UpdateItem'),
      assistant.asking(),
      operatorSecret.reading(),
      restApi.calling(),
      ...delivering,
    ],
    'ai/list-suggestions': [
      ...forSession('BatchGetItem', 'Query', 'PutItem', 'UpdateItem'),
      assistant.asking(),
      operatorSecret.reading(),
    ],
    'google/link-google': [
      ...forSession('PutItem', 'UpdateItem', 'ConditionCheckItem'),
      ...atGoogle,
      google.tokens('Encrypt'),
    ],
    'google/unlink-google': [...forSession('DeleteItem'), google.addresses(), google.tokens('Decrypt')],
    'google/create-meeting': [
      ...forSession('BatchGetItem', 'PutItem', 'UpdateItem'),
      ...atGoogle,
      google.tokens('Encrypt', 'Decrypt'),
      ...delivering,
    ],
    'websocket/connect': [
      ...forUser('GetItem', 'ConditionCheckItem'),
      tables.connections('GetItem', 'Query', 'PutItem', 'DeleteItem'),
    ],
    'websocket/disconnect': [tables.connections('DeleteItem', 'BatchWriteItem'), tables.chat()],
    'websocket/message': [
      tables.chat('GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'),
      tables.connections('GetItem'),
      ...delivering,
    ],
    'websocket/sync': [
      tables.chat('GetItem', 'Query', 'BatchGetItem', 'UpdateItem'),
      tables.connections('GetItem'),
      socketApi.posting(),
    ],
  };
}
