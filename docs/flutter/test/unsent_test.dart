import 'package:flutter_test/flutter_test.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'support/fake_backend.dart';
import 'support/messages.dart';
import 'support/until.dart';

/// A store that cannot be read now, such as that of a phone that is still locked.
class LockedStore extends MemoryStore {
  @override
  Future<String?> read(String key) async => throw StateError('locked');
}

void main() {
  late FakeBackend backend;
  late ChatApi api;
  late MemoryStore store;
  late Unsent unsent;

  setUp(() async {
    backend = await FakeBackend.start();
    api = await backend.signIn();
    store = MemoryStore();
    unsent = await Unsent.load(api, store);
  });
  tearDown(() async {
    unsent.stop();
    await backend.stop();
  });

  /// The app is closed and started again.
  Future<void> restart() async {
    await pumpEventQueue();
    unsent = await Unsent.load(api, store);
  }

  test('a draft survives a restart, with its reply, its mentions and its files', () async {
    final file = LocalFile(key: 'a.jpg', name: 'sea.jpg', mimeType: 'image/jpeg', size: 3);
    unsent.keepDraft('chat', MessageDraft('Hello', replyToId: 'chat-1', mentions: const ['boris'], files: [file]));
    await restart();
    final MessageDraft(:content, :replyToId, :mentions, :files) = unsent.draftOf('chat');
    expect((content, replyToId, mentions, files.single.name), ('Hello', 'chat-1', ['boris'], 'sea.jpg'));
  });

  test('a draft gets files and keeps the rest', () {
    final file = LocalFile(key: 'a.jpg', name: 'sea.jpg', mimeType: 'image/jpeg', size: 3);
    const draft = MessageDraft('Hello', replyToId: 'chat-1', mentions: ['boris'], everyone: true);
    final MessageDraft(:content, :replyToId, :mentions, :everyone, :files) = draft.withFiles([file]);
    expect((content, replyToId, mentions.single, everyone), ('Hello', 'chat-1', 'boris', true));
    expect(files, [file]);
  });

  test('an empty draft is forgotten', () async {
    unsent
      ..keepDraft('chat', const MessageDraft('Hello'))
      ..keepDraft('chat', const MessageDraft(''));
    await restart();
    expect(unsent.draftOf('chat').isEmpty, isTrue);
    expect(store.texts, isEmpty);
  });

  test('a message of a chat that is closed goes out over REST after a restart, once', () async {
    final outgoing = Outgoing(const MessageDraft('Hello'));
    unsent.outboxOf('chat').add(outgoing);
    expect(unsent.messageCount, 1);
    backend.routes['POST /chats/chat/messages'] = (_) => ok({'message': messageJson(1)});
    await pumpEventQueue();
    unsent.stop();
    unsent = await Unsent.load(api, store);
    final outbox = unsent.outboxOf('chat');
    await until(outbox, () => outbox.all.isEmpty);
    final sent = backend.named('POST /chats/chat/messages').single.json;
    expect(sent['content'], 'Hello');
    expect(sent['clientId'], outgoing.clientId);
    expect(unsent.messageCount, 0);
  });

  test('a refused message stays after a restart, with the reason', () async {
    final outgoing = Outgoing(const MessageDraft('Hello'));
    unsent.outboxOf('chat')
      ..add(outgoing)
      ..fail(outgoing.clientId, const Refusal('blocked'));
    await restart();
    expect(unsent.outboxOf('chat').all.single.refusal?.code, 'blocked');
    expect(backend.named('POST /chats/chat/messages'), isEmpty);
  });

  test('damaged messages are dropped, and the others stay', () async {
    store.texts['chat_unsent_anna'] =
        '{"messages":[{"chatId":"chat"},{"chatId":"chat","clientId":"c","content":"Hi","writtenAt":'
        '"2026-01-05T12:00:00.000Z","code":"blocked"}],"drafts":{"chat":"of an earlier version"}}';
    await restart();
    expect(unsent.outboxOf('chat').all.single.content, 'Hi');
    expect(unsent.draftOf('chat').content, 'of an earlier version');
  });

  test('what cannot be read now is not replaced, and its files are not known', () async {
    expect(unsent.isReadable, isTrue);
    final locked = LockedStore()..texts['chat_unsent_anna'] = 'from the last start';
    unsent = await Unsent.load(api, locked);
    unsent.keepDraft('chat', const MessageDraft('Hello'));
    await pumpEventQueue();
    expect(unsent.isReadable, isFalse);
    expect(locked.texts, {'chat_unsent_anna': 'from the last start'});
  });

  test('a logout leaves nothing on the device', () async {
    unsent
      ..keepDraft('chat', const MessageDraft('Hello'))
      ..forget();
    await pumpEventQueue();
    expect(store.texts, isEmpty);
  });
}
