import 'package:group_chat_client/group_chat_client.dart';

/// A message as the backend sends it.
Json messageJson(int seq, {String content = 'Hello', String userId = 'boris', int? version, Json more = const {}}) => {
  'id': 'chat-$seq',
  'chatId': 'chat',
  'userId': userId,
  'userName': userId,
  'content': content,
  'type': 'text',
  'createdAt': '2026-01-05T12:00:00.000Z',
  'seq': seq,
  'version': ?version,
  ...more,
};

Message message(int seq, {String content = 'Hello', int? version, Json more = const {}}) =>
    Message.fromJson(messageJson(seq, content: content, version: version, more: more));

/// A store in memory.
class MemoryStore implements TextStore {
  final texts = <String, String>{};

  @override
  Future<String?> read(String key) async => texts[key];

  @override
  Future<void> write(String key, String text) async => texts[key] = text;

  @override
  Future<void> delete(String key) async => texts.remove(key);
}
