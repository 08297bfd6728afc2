import type { Grant } from './constructs/endpoint-function.ts';
import type { SocketApi } from './constructs/socket-api.ts';
import type { Tables } from './constructs/tables.ts';
import type { TokenKeys } from './constructs/token-keys.ts';

interface Resources {
  tables: Tables;
  tokenKeys: TokenKeys;
  socketApi: SocketApi;
}

/** What each function may do, by the function's name. A function that isn't here may do nothing but log. */
export function grantsOf({ tables, tokenKeys, socketApi }: Resources): Record<string, Grant[]> {
  const verifying = tokenKeys.verifying();
  /** Reading a chat's connections, posting to them, and removing those that are gone. */
  const delivering = [tables.connections('Query', 'BatchWriteItem'), socketApi.posting()];
  return {
    'not-found': [verifying],
    health: [verifying, tables.chat('GetItem'), tables.connections('GetItem')],
    'auth/register': [verifying, tokenKeys.signing(), tables.chat('PutItem')],
    'auth/login': [verifying, tokenKeys.signing(), tables.chat('GetItem', 'PutItem')],
    'auth/refresh': [verifying, tokenKeys.signing(), tables.chat('GetItem')],
    'chats/list-chats': [verifying, tables.chat('Query', 'BatchGetItem')],
    'chats/list-messages': [verifying, tables.chat('GetItem', 'Query', 'BatchGetItem')],
    'chats/send-message': [verifying, tables.chat('GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'), ...delivering],
    'groups/create-group': [verifying, tables.chat('BatchGetItem', 'PutItem')],
    'groups/join-group': [verifying, tables.chat('GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'), ...delivering],
    'websocket/connect': [verifying, tables.chat('BatchGetItem'), tables.connections('PutItem')],
    'websocket/disconnect': [tables.connections('DeleteItem')],
    'websocket/message': [
      tables.chat('GetItem', 'PutItem', 'UpdateItem'),
      tables.connections('UpdateItem'),
      ...delivering,
    ],
  };
}
