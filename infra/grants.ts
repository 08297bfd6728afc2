import type { Assistant } from './constructs/assistant.ts';
import type { Delivery } from './constructs/delivery.ts';
import type { Grant } from './constructs/endpoint-function.ts';
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

interface Resources {
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

/** What each function may do, by the function's name. A function without an entry may only log. */
export function grantsOf(resources: Resources): Record<string, Grant[]> {
  const { tables, keys, restApi, socketApi, delivery, erasure, push, files } = resources;
  const { passwords, textMessages, operatorSecret, google, assistant } = resources;
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
    'not-found': [trustEdge],
    deliver: [
      ...deliver,
      delivery.grantDeadLetters(),
      tables.connections('PutItem'),
      tables.chat('GetItem', 'BatchGetItem', 'UpdateItem'),
      ...showFiles,
    ],
    'delete-files': files ? [files.work(), tables.chat('GetItem', 'BatchGetItem')] : [],
    'erase-reactions': [
      erasure.begin(),
      delivery.grantDeadLetters(),
      tables.chat('BatchGetItem', 'Query', 'UpdateItem', 'BatchWriteItem'),
    ],
    push: push
      ? [
          push.work(),
          ...enqueuePush,
          operatorSecret.read(),
          tables.chat('GetItem', 'BatchGetItem', 'Query', 'UpdateItem'),
          tables.connections('UpdateItem', 'PutItem'),
        ]
      : [],
    'rotate-keys': [keys.rotateTokenKey(), tables.control('Query', 'PutItem', 'UpdateItem')],
    'health/check-health': [trustEdge, tables.chat('GetItem'), tables.connections('GetItem'), switches],
    'docs/get-openapi': [trustEdge],
    'docs/get-asyncapi': [trustEdge],
    'auth/register': [switches, sign, trustEdge, passwords.choose(), tables.chat('GetItem', 'PutItem', 'UpdateItem')],
    'auth/login': [
      switches,
      sign,
      trustEdge,
      keys.makeDigests(),
      tables.chat('GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'ConditionCheckItem'),
      ...close,
      ...showFiles,
    ],
    'auth/send-code': [
      switches,
      trustEdge,
      keys.makeDigests(),
      textMessages.send(),
      tables.chat('GetItem', 'PutItem', 'UpdateItem'),
    ],
    'auth/refresh': [verify, sign, trustEdge, tables.chat('GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'), ...close],
    'auth/logout': [...forSession('UpdateItem', 'DeleteItem'), ...close],
    'auth/list-sessions': forSession('Query'),
    'auth/end-session': [...forSession('DeleteItem'), ...close],
    'auth/change-password': [
      ...forSession('UpdateItem', 'DeleteItem'),
      passwords.choose(),
      keys.makeDigests(),
      ...close,
    ],
    'auth/create-ticket': [...forSession('UpdateItem'), tables.connections('PutItem')],
    'users/get-me': [...forSession(), ...showFiles],
    'users/get-user': [...forUser('GetItem', 'BatchGetItem', 'Query', 'UpdateItem'), ...showFiles],
    'users/update-me': [...forSession('UpdateItem'), ...showFiles],
    'users/set-avatar': [
      ...forSession('BatchGetItem', 'UpdateItem'),
      ...(files ? [files.attach('users'), ...showFiles] : []),
    ],
    'users/delete-avatar': [...forSession('UpdateItem'), ...showFiles, ...eraseFiles],
    'users/set-push': forSession('PutItem', 'UpdateItem', 'DeleteItem'),
    'users/delete-push': forSession('UpdateItem', 'DeleteItem'),
    'users/delete-me': [
      ...forSession('BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'),
      keys.makeDigests(),
      google.urls(),
      google.tokenKey('Decrypt'),
      erasure.begin(),
      ...deliverAndClose,
      ...eraseFiles,
    ],
    'users/export-me': [...forSession('Query', 'UpdateItem'), ...showFiles],
    'users/link-phone': [...forSession('PutItem', 'UpdateItem', 'DeleteItem'), keys.makeDigests(), ...showFiles],
    'users/link-email': [
      ...forSession('PutItem', 'UpdateItem', 'DeleteItem'),
      passwords.choose(),
      keys.makeDigests(),
      ...showFiles,
    ],
    'users/find-users': [...forSession('BatchGetItem', 'UpdateItem'), ...showFiles],
    'users/block-user': [...forSession('PutItem', 'UpdateItem', 'ConditionCheckItem'), ...close],
    'users/unblock-user': forSession('UpdateItem', 'DeleteItem', 'ConditionCheckItem'),
    'users/list-blocks': [...forSession('Query', 'BatchGetItem'), ...showFiles],
    'chats/list-chats': [...forUser('Query', 'BatchGetItem', 'UpdateItem'), ...showFiles],
    'chats/get-chat': [...forUser('BatchGetItem', 'Query'), ...showFiles],
    'chats/list-unread': forUser('Query', 'BatchGetItem', 'UpdateItem'),
    'chats/leave-chat': [
      ...forSession('Query', 'BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem'),
      ...deliverAndClose,
      ...eraseFiles,
    ],
    'chats/open-direct': [
      ...forSession('BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'),
      ...tell,
      ...showFiles,
    ],
    'chats/list-messages': [...forUser('GetItem', 'Query', 'BatchGetItem', 'UpdateItem'), ...showFiles],
    'chats/send-message': [
      ...forUser('GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'),
      keys.makeDigests(),
      ...deliverAndPush,
      ...attachFiles,
    ],
    'chats/mark-read': [...forUser('GetItem', 'BatchGetItem', 'Query', 'UpdateItem'), ...post],
    'chats/list-presence': [...forUser('GetItem', 'BatchGetItem', 'UpdateItem'), tables.connections('BatchGetItem')],
    'chats/mark-unread': [...forUser('GetItem', 'Query', 'UpdateItem'), ...tell],
    'chats/read-all': [...forUser('GetItem', 'BatchGetItem', 'Query', 'UpdateItem'), ...post],
    'chats/set-notifications': [...forUser('UpdateItem'), ...tell],
    'chats/set-place': [...forUser('UpdateItem'), ...tell],
    'chats/list-reads': forUser('GetItem', 'BatchGetItem', 'UpdateItem'),
    'chats/report-message': forSession('PutItem', 'UpdateItem'),
    'messages/get-message': [...forUser('GetItem', 'BatchGetItem'), ...showFiles],
    'messages/list-changes': [...forUser('GetItem', 'Query', 'BatchGetItem', 'UpdateItem'), ...showFiles],
    'messages/edit-message': [...change, ...enqueuePush],
    'messages/delete-message': [...change, ...eraseFiles],
    'messages/add-reaction': change,
    'messages/remove-reaction': change,
    'messages/list-reactions': forUser('GetItem', 'UpdateItem'),
    'messages/pin-message': change,
    'messages/unpin-message': change,
    'messages/list-pins': [...forUser('GetItem', 'BatchGetItem', 'UpdateItem'), ...showFiles],
    'groups/create-group': [
      ...forSession('BatchGetItem', 'PutItem', 'UpdateItem', 'ConditionCheckItem'),
      ...tell,
      ...enqueuePush,
      ...showFiles,
    ],
    'groups/join-group': [
      ...forUser('GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'ConditionCheckItem'),
      ...deliver,
      ...showFiles,
    ],
    'groups/get-group': [...forUser('GetItem', 'BatchGetItem', 'UpdateItem'), ...showFiles],
    'groups/rename-group': [
      ...forSession('BatchGetItem', 'PutItem', 'UpdateItem', 'ConditionCheckItem'),
      ...deliver,
      ...showFiles,
    ],
    'groups/add-members': [
      ...forSession('BatchGetItem', 'PutItem', 'UpdateItem', 'ConditionCheckItem'),
      ...deliverAndPush,
      ...showFiles,
    ],
    'groups/remove-member': [
      ...forSession('BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'),
      ...deliverAndClose,
      ...enqueuePush,
      ...eraseFiles,
    ],
    'groups/set-role': [
      ...forSession('BatchGetItem', 'PutItem', 'UpdateItem', 'ConditionCheckItem'),
      ...deliverAndPush,
      ...showFiles,
    ],
    'groups/renew-invite': forSession('BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'),
    'groups/revoke-invite': forSession('BatchGetItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'),
    'groups/set-picture': [
      ...forSession('BatchGetItem', 'PutItem', 'UpdateItem', 'ConditionCheckItem'),
      ...deliver,
      ...attachFiles,
    ],
    'groups/delete-picture': [
      ...forSession('BatchGetItem', 'PutItem', 'UpdateItem', 'ConditionCheckItem'),
      ...deliver,
      ...eraseFiles,
    ],
    'files/create-file': [...forUser('PutItem', 'UpdateItem'), ...(files ? [files.upload()] : [])],
    'ai/ask-assistant': [
      ...forSession('BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'),
      keys.makeDigests(),
      assistant.callModel(),
      operatorSecret.read(),
      restApi.call(),
      ...deliverAndPush,
    ],
    'ai/list-suggestions': [
      ...forSession('BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'),
      assistant.callModel(),
      operatorSecret.read(),
    ],
    'google/link-google': [
      ...forSession('PutItem', 'UpdateItem', 'ConditionCheckItem'),
      ...callGoogle,
      google.tokenKey('Encrypt', 'Decrypt'),
    ],
    'google/unlink-google': [...forSession('DeleteItem'), google.urls(), google.tokenKey('Decrypt')],
    'google/create-meeting': [
      ...forSession('BatchGetItem', 'PutItem', 'UpdateItem'),
      ...callGoogle,
      google.tokenKey('Encrypt', 'Decrypt'),
      ...deliver,
    ],
    'websocket/connect': [
      verify,
      tables.chat('GetItem', 'ConditionCheckItem'),
      tables.connections('GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'),
      socketApi.close(),
    ],
    'websocket/disconnect': [tables.connections('UpdateItem', 'DeleteItem', 'BatchWriteItem'), tables.chat()],
    'websocket/message': [
      switches,
      keys.makeDigests(),
      tables.chat('GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'),
      tables.connections('GetItem'),
      ...deliverAndPush,
      ...attachFiles,
    ],
    'websocket/sync': [
      switches,
      tables.chat('GetItem', 'Query', 'BatchGetItem', 'UpdateItem'),
      tables.connections('GetItem'),
      socketApi.post(),
      ...showFiles,
    ],
    'websocket/typing': [
      switches,
      tables.chat('UpdateItem'),
      tables.connections('GetItem'),
      delivery.showTyping(),
      ...post,
    ],
    'websocket/read': [
      switches,
      tables.chat('BatchGetItem', 'Query', 'UpdateItem'),
      tables.connections('GetItem'),
      ...post,
    ],
  };
}
