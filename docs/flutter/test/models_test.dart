import 'dart:convert';
import 'dart:io';

import 'package:flutter_test/flutter_test.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'support/fake_backend.dart';

/// The examples of the contract, as `docs/openapi.json` has them.
final specification = jsonDecode(File('../openapi.json').readAsStringSync()) as Json;

/// The example of an answer.
Object? exampleOf(String method, String path) {
  final responses = (((specification['paths'] as Json)[path] as Json)[method] as Json)['responses'] as Json;
  final answer = (responses['200'] ?? responses['201']) as Json;
  return ((answer['content'] as Json)['application/json'] as Json)['example'];
}

void main() {
  late FakeBackend backend;
  late ChatApi api;

  setUp(() async {
    backend = await FakeBackend.start();
    api = await backend.signIn();
  });
  tearDown(() => backend.stop());

  void answer(String method, String path, {String? at}) =>
      backend.routes['${method.toUpperCase()} ${at ?? path}'] = (_) => ok(exampleOf(method, path));

  test('a list of chats', () async {
    answer('get', '/chats');
    final ListChatsResponse(:chats) = await api.listChats();
    expect(chats.map((chat) => chat.type), containsAll(['group', 'direct']));
    expect(chats.first.name, 'Weekend');
    expect(chats.first.createdAt, DateTime.utc(2026, 1, 5, 12));
    expect(chats.first.participantIds, hasLength(2));
  });

  test('a page of messages', () async {
    answer('get', '/chats/{chatId}/messages', at: '/chats/chat/messages');
    final ListMessagesResponse(:messages, :rev, :epoch) = await api.listMessages('chat', limit: 50);
    expect(messages.single.content, 'Hills or lake?');
    expect(messages.single.createdAt.isUtc, isTrue);
    // What is absent is null or empty.
    expect(messages.single.editedAt, isNull);
    expect(messages.single.reactions, isEmpty);
    expect((rev, epoch), (7, '8f0e3a61'));
    expect(backend.requests.last.query, {'limit': '50'});
  });

  test('a group with its members', () async {
    answer('get', '/groups/{groupId}', at: '/groups/group');
    final GetGroupResponse(:group) = await api.getGroup('group');
    expect(group.members.map((member) => member.role), ['owner', 'member']);
    expect(group.inviteCode, 'K7M2QX4B');
  });

  test('where to upload a file', () async {
    answer('post', '/files');
    final CreateFileResponse(:file, :upload, :thumbnailUpload) = await api.createFile(
      name: 'sea.jpg',
      mimeType: 'image/jpeg',
      size: 301245,
      purpose: 'message',
    );
    expect(file.width, 1600);
    expect(upload.headers, containsPair('if-none-match', '*'));
    expect(thumbnailUpload, isNull);
    // What was not given is not sent.
    expect(backend.requests.last.json.keys, unorderedEquals(['name', 'mimeType', 'size', 'purpose']));
  });

  test('a name in a path is encoded', () async {
    final name = Uri.encodeComponent('👍');
    backend.routes['DELETE /chats/chat/messages/chat-1/reactions/$name'] = (_) =>
        ok(exampleOf('delete', '/chats/{chatId}/messages/{messageId}/reactions/{emoji}'));
    expect((await api.removeReaction('chat', 'chat-1', '👍')).chatId, isNotEmpty);
  });
}
