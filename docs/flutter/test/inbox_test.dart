import 'dart:io';

import 'package:flutter_test/flutter_test.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'support/fake_backend.dart';
import 'support/until.dart';

void main() {
  late FakeBackend backend;
  late Inbox inbox;

  /// How many tickets the client has asked for, and how many of them it gets.
  late int tickets;
  late int validTickets;

  setUp(() async {
    backend = await FakeBackend.start();
    tickets = 0;
    validTickets = 1;
    backend.routes['POST /auth/ticket'] = (_) =>
        ++tickets > validTickets ? refusal(401, 'session_ended') : ok({'ticket': 'ticket', 'expiresIn': 30});
    backend.routes['GET /chats/unread'] = (_) => ok({'chats': <Object>[]});
    inbox = Inbox(await backend.signIn());
  });
  tearDown(() async {
    inbox.dispose();
    await backend.stop();
  });

  /// The backend closes the connection as soon as it is live.
  Future<void> evict() async {
    inbox.start();
    await until(inbox, () => inbox.isLive);
    await backend.sockets.moveNext();
    await backend.sockets.current.close(WebSocketStatus.normalClosure);
  }

  test('ends at once if the session has ended when its connection is closed', () async {
    await evict();
    await until(inbox, () => inbox.state == RealtimeState.ended);
    expect((inbox.endedBy, tickets), ('session_ended', 2));
  });

  test('ends soon if the session ends a moment after its connection was closed', () async {
    validTickets = 2;
    await evict();
    await until(inbox, () => inbox.state == RealtimeState.ended);
    expect((inbox.endedBy, tickets), ('session_ended', 3));
  });
}
