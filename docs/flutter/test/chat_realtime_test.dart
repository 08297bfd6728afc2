import 'dart:async';
import 'dart:convert';
import 'dart:io';

import 'package:flutter_test/flutter_test.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'support/fake_backend.dart';
import 'support/messages.dart';
import 'support/until.dart';

void main() {
  late FakeBackend backend;
  late Inbox inbox;
  late Unsent unsent;
  late ChatRealtime chat;
  late WebSocket socket;
  late StreamIterator<Json> frames;

  /// The messages that the backend has.
  late List<Json> stored;

  setUp(() async {
    backend = await FakeBackend.start();
    final api = await backend.signIn();
    stored = [messageJson(1, content: 'first')];
    backend.routes['POST /auth/ticket'] = (_) => ok({'ticket': 'ticket', 'expiresIn': 30});
    backend.routes['GET /chats/unread'] = (_) => ok({
      'chats': [
        {
          'chatId': 'chat',
          'lastSeq': stored.length,
          'lastRev': 0,
          'epoch': 'table',
          'readSeq': 0,
          'unreadCount': 0,
          'mentionCount': 0,
        },
      ],
    });
    backend.routes['GET /chats/chat/messages'] = (received) {
      final after = int.parse(received.query['after'] ?? '0');
      return ok({'messages': stored.skip(after).toList(), 'rev': 0, 'epoch': 'table'});
    };
    unsent = await Unsent.load(api, MemoryStore());
    inbox = Inbox(api);
    chat = ChatRealtime(api, inbox, unsent, chatId: 'chat');
  });
  tearDown(() async {
    chat.dispose();
    inbox.dispose();
    unsent.stop();
    await backend.stop();
  });

  void push(Json frame) => socket.add(jsonEncode(frame));

  Future<Json> nextFrame() async {
    await frames.moveNext();
    return frames.current;
  }

  /// The backend accepts the next connection and answers its `sync`.
  Future<void> accept() async {
    await backend.sockets.moveNext();
    socket = backend.sockets.current;
    frames = StreamIterator(socket.map((data) => jsonDecode(data as String) as Json));
    expect(await nextFrame(), containsPair('type', 'sync'));
    push({'type': 'synced', 'chatId': 'chat', 'seq': stored.length, 'rev': 0, 'head': 0});
    await until(chat, () => chat.state == RealtimeState.live);
  }

  List<String> contents() => [for (final message in chat.reader.messages) message.content];

  test('loads the newest page, and then follows the frames', () async {
    inbox.start();
    chat.start();
    await accept();
    expect(contents(), ['first']);
    push(messageJson(2, content: 'second'));
    await until(chat, () => chat.reader.cursor == 2);
    expect(contents(), ['first', 'second']);
  });

  test('sends a message, and drops it from the outbox when it comes back', () async {
    inbox.start();
    chat.start();
    await accept();
    chat.send(const MessageDraft('mine'));
    final sent = await nextFrame();
    expect(sent, containsPair('content', 'mine'));
    expect(chat.outbox.all.single.sending, isTrue);
    push(messageJson(2, content: 'mine', userId: 'anna', more: {'clientId': sent['clientId']}));
    await until(chat, () => chat.outbox.all.isEmpty);
    expect(contents(), ['first', 'mine']);
  });

  test('catches up after a lost connection, and sends what was written meanwhile', () async {
    inbox.start();
    chat.start();
    await accept();
    await socket.close(WebSocketStatus.internalServerError);
    await until(inbox, () => !inbox.isLive);
    chat.send(const MessageDraft('written offline'));
    expect(chat.outbox.all.single.sending, isFalse);
    stored.add(messageJson(2, content: 'missed'));
    inbox.resume();
    await backend.sockets.moveNext();
    socket = backend.sockets.current;
    frames = StreamIterator(socket.map((data) => jsonDecode(data as String) as Json));
    expect(await nextFrame(), allOf(containsPair('type', 'sync'), containsPair('after', 1)));
    push(messageJson(2, content: 'missed'));
    push({'type': 'synced', 'chatId': 'chat', 'seq': 2, 'rev': 0, 'head': 0});
    expect(await nextFrame(), containsPair('content', 'written offline'));
    expect(contents(), ['first', 'missed']);
  });

  test('waits for as long as the backend asks before it catches up again', () async {
    inbox.start();
    chat.start();
    await backend.sockets.moveNext();
    socket = backend.sockets.current;
    frames = StreamIterator(socket.map((data) => jsonDecode(data as String) as Json));
    expect(await nextFrame(), containsPair('type', 'sync'));
    push({'type': 'error', 'chatId': 'chat', 'code': 'too_many_requests', 'message': 'Wait', 'retryAfter': 60});
    await until(chat, () => chat.state == RealtimeState.waiting);
    final wait = chat.waitsUntil?.difference(DateTime.now()) ?? Duration.zero;
    expect(wait > const Duration(seconds: 50), isTrue);
  });

  test('is live again when the user is added again', () async {
    final messages = backend.routes['GET /chats/chat/messages']!;
    backend.routes['GET /chats/chat/messages'] = (_) => refusal(403, 'not_a_participant');
    inbox.start();
    chat.start();
    await until(inbox, () => inbox.isLive);
    await until(chat, () => chat.state == RealtimeState.ended);
    backend.routes['GET /chats/chat/messages'] = messages;
    await backend.sockets.moveNext();
    socket = backend.sockets.current;
    frames = StreamIterator(socket.map((data) => jsonDecode(data as String) as Json));
    push({'type': 'chat', 'chatId': 'chat'});
    expect(await nextFrame(), containsPair('type', 'sync'));
    push({'type': 'synced', 'chatId': 'chat', 'seq': 1, 'rev': 0, 'head': 0});
    await until(chat, () => chat.state == RealtimeState.live);
    expect(chat.endedBy, isNull);
    expect(contents(), ['first']);
  });

  test('ends when the user has lost access, and the unsent messages say why', () async {
    backend.routes['GET /chats/chat/messages'] = (_) => refusal(403, 'not_a_participant');
    chat.send(const MessageDraft('too late'));
    chat.start();
    await until(chat, () => chat.state == RealtimeState.ended);
    expect(chat.endedBy, 'not_a_participant');
    expect(chat.outbox.all.single.refusal?.code, 'not_a_participant');
  });
}
