import 'dart:convert';

import 'package:dio/dio.dart';
import 'package:flutter_secure_storage/flutter_secure_storage.dart';
import 'package:flutter_test/flutter_test.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'support/fake_backend.dart';

void main() {
  late FakeBackend backend;
  late ChatApi api;
  final ends = <bool>[];

  setUp(() async {
    backend = await FakeBackend.start();
    api = await backend.signIn();
    ends.clear();
    api.session.onEnd = ({required loggedOut}) => ends.add(loggedOut);
    // Only the second token is good.
    backend.routes['GET /users/me'] = (request) =>
        request.token == 'Bearer second' ? ok({'user': signedIn('')['user']}) : refusal(401, 'token_expired');
    backend.routes['POST /auth/refresh'] = (_) => ok({'accessToken': 'second', 'refreshToken': 'refresh-second'});
  });
  tearDown(() => backend.stop());

  test('refreshes an expired token and repeats the request', () async {
    expect((await api.getMe()).name, 'Anna');
    expect(backend.named('POST /auth/refresh').single.json, {'refreshToken': 'refresh-first', 'rotate': true});
    expect(api.session.accessToken, 'second');
  });

  test('concurrent requests share one refresh', () async {
    await Future.wait([api.getMe(), api.getMe(), api.getMe()]);
    expect(backend.named('POST /auth/refresh'), hasLength(1));
  });

  test('a session survives a restart of the app', () async {
    await api.getMe();
    final restarted = await AuthSession.load();
    expect(restarted.user?.id, 'anna');
    expect(restarted.accessToken, 'second');
    expect(restarted.wasLost, isFalse);
  });

  test('a refused refresh ends the session', () async {
    backend.routes['POST /auth/refresh'] = (_) => refusal(401, 'session_ended');
    await expectLater(api.getMe(), throwsA(isA<ApiProblem>()));
    expect(ends, [false]);
    expect(api.session.user, isNull);
    expect((await AuthSession.load()).user, isNull);
  });

  test('a firewall that refuses a refresh does not end the session', () async {
    backend.routes['POST /auth/refresh'] = (_) => refusal(403);
    await expectLater(api.getMe(), throwsA(isA<Exception>()));
    expect(ends, isEmpty);
    expect(api.session.user?.id, 'anna');
  });

  test('logging out ends the session, also if the backend fails', () async {
    backend.routes['POST /auth/logout'] = (_) => refusal(500, 'internal');
    await expectLater(api.logout(), throwsA(isA<ApiProblem>()));
    expect(ends, [true]);
    expect(api.session.user, isNull);
  });

  test('a request that API Gateway throttled is repeated', () async {
    var tries = 0;
    backend.routes['GET /chats/unread'] = (_) => ++tries < 3 ? refusal(429) : ok({'chats': <Object>[]});
    expect((await api.listUnread()).chats, isEmpty);
    expect(tries, 3);
  });

  test('a refusal of the backend itself is not repeated', () async {
    backend.routes['GET /chats/unread'] = (_) => refusal(429, 'too_many_requests', 7);
    final problem = isA<ApiProblem>()
        .having((one) => one.code, 'code', 'too_many_requests')
        .having((one) => one.retryAfter, 'retryAfter', const Duration(seconds: 7));
    await expectLater(api.listUnread(), throwsA(problem));
    expect(backend.named('GET /chats/unread'), hasLength(1));
  });

  test('without an answer the error is not a problem of the backend', () async {
    await backend.stop();
    await expectLater(api.listUnread(), throwsA(isA<DioException>()));
  });

  test('a session that cannot be read is lost, and says so', () async {
    FlutterSecureStorage.setMockInitialValues({'chat_tokens': '{'});
    final session = await AuthSession.load();
    expect((session.user, session.wasLost), (null, true));
  });

  test('a session of an earlier version, which left out an absent email, is read', () async {
    final stored = {
      ...signedIn('first'),
      'user': {'id': 'anna', 'name': 'Anna'},
    };
    FlutterSecureStorage.setMockInitialValues({'chat_tokens': jsonEncode(stored)});
    expect((await AuthSession.load()).user?.email, '');
  });
}
