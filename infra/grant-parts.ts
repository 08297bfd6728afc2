import type { Assistant } from './constructs/assistant.ts';
import type { Delivery } from './constructs/delivery.ts';
import type { Erasure } from './constructs/erasure.ts';
import type { Files } from './constructs/files.ts';
import type { Google } from './constructs/google.ts';
import type { Keys } from './constructs/keys.ts';
import type { OperatorSecret } from './constructs/operator-secret.ts';
import type { Passwords } from './constructs/passwords.ts';
import type { Push } from './constructs/push.ts';
import type { RestApi } from './constructs/rest-api.ts';
import type { SocketApi } from './constructs/socket-api.ts';
import type { TableAction, Tables } from './constructs/tables.ts';
import type { TextMessages } from './constructs/text-messages.ts';

/** What functions use. */
export interface Resources {
  tables: Tables;
  keys: Keys;
  socketApi: SocketApi;
  delivery: Delivery;
  erasure: Erasure;
  /** Undefined in a stage without push notifications. */
  push: Push | undefined;
  /** Undefined in a stage without files. */
  files: Files | undefined;
  passwords: Passwords;
  textMessages: TextMessages;
  restApi: RestApi;
  operatorSecret: OperatorSecret;
  google: Google;
  assistant: Assistant;
}

/** What several functions may do. */
export function partsOf({ tables, keys, socketApi, delivery, push, files, google, operatorSecret }: Resources) {
  /** Reads the operator's switches. */
  const switches = tables.control('GetItem');
  /** Reads the switches, and the public keys to verify a token. */
  const verify = tables.control('GetItem', 'Query');
  const sign = keys.signTokens();
  const trustEdge = keys.trustEdge();
  /** Verifies an access token and does these actions on the Chat table. */
  const forUser = (...actions: TableAction[]) => [verify, trustEdge, tables.chat(...actions)];
  /** Like `forUser`, and reads the token's session. */
  const forSession = (...actions: TableAction[]) => forUser('GetItem', ...actions);
  /** Reads users' inboxes, posts to them and removes those that are gone. */
  const tell = [tables.connections('BatchGetItem', 'UpdateItem', 'BatchWriteItem'), socketApi.post()];
  /** Like `tell`, for a chat's connections and its participants' inboxes. */
  const post = [tables.connections('Query'), tables.chat('GetItem'), ...tell];
  /** Signs URLs of files and pictures. */
  const showFiles = files ? [files.show()] : [];
  /** Has objects deleted that are not needed any more. */
  const eraseFiles = files ? [files.erase()] : [];
  /** Checks uploads, keeps them for chats, and shows them. */
  const attachFiles = files ? [files.attach('chats'), ...showFiles] : [];
  const enqueuePush = push ? [push.enqueue()] : [];
  /** Like `post`, and hands a large room over to the function `deliver`. */
  const deliver = [...post, delivery.invokeDeliver()];
  /** Like `deliver`, and enqueues pushes to those who do not read the message. */
  const deliverAndPush = [...deliver, ...enqueuePush];
  /** Changes a message: its number, its entry in the log, the message, and the delivery. */
  const change = [...forUser('GetItem', 'BatchGetItem', 'UpdateItem', 'BatchWriteItem'), ...deliver, ...showFiles];
  /** Reads a user's connections, closes and removes them. */
  const close = [tables.connections('Query', 'UpdateItem', 'BatchWriteItem'), socketApi.close()];
  /** Both, with the table's grant only once. */
  const deliverAndClose = [...deliver, socketApi.close()];
  /** Calls Google with our client's credentials. */
  const callGoogle = [google.urls(), operatorSecret.read()];
  return {
    switches,
    verify,
    sign,
    trustEdge,
    forUser,
    forSession,
    tell,
    post,
    showFiles,
    eraseFiles,
    attachFiles,
    enqueuePush,
    deliver,
    deliverAndPush,
    change,
    close,
    deliverAndClose,
    callGoogle,
  };
}
