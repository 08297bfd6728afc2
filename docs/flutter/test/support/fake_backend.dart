import 'dart:async';
import 'dart:convert';
import 'dart:io';

import 'package:flutter_secure_storage/flutter_secure_storage.dart';
import 'package:group_chat_client/group_chat_client.dart';

/// What the backend has received.
class Received {
  Received(HttpRequest request, this.bytes)
    : name = '${request.method} ${request.uri.path}',
      query = request.uri.queryParameters,
      token = request.headers.value('authorization');

  /// Such as `GET /chats`.
  final String name;
  final Map<String, String> query;
  final String? token;
  final List<int> bytes;

  Json get json => jsonDecode(utf8.decode(bytes)) as Json;
}

typedef Answer = ({int status, Object? body, int? retryAfter});

Answer ok([Object? body = const <String, Object>{}]) => (status: 200, body: body, retryAfter: null);

/// A refusal of the backend itself. Without a [code], one of API Gateway.
Answer refusal(int status, [String? code, int? retryAfter]) =>
    (status: status, body: code == null ? {'message': 'No'} : {'code': code, 'title': code}, retryAfter: retryAfter);

/// A server on this machine to which every connection of the test goes, whatever its URL is.
class FakeBackend extends HttpOverrides {
  FakeBackend._();

  /// Dart keeps one client for all WebSockets, so the newest server is found when it connects.
  static late HttpServer _server;

  static Future<FakeBackend> start() async {
    final backend = FakeBackend._();
    _server = await HttpServer.bind(InternetAddress.loopbackIPv4, 0);
    _server.listen(backend._handle);
    HttpOverrides.global = backend;
    return backend;
  }

  /// The answers by the names of the requests.
  final routes = <String, FutureOr<Answer> Function(Received request)>{};
  final requests = <Received>[];
  final _sockets = StreamController<WebSocket>();

  /// The WebSockets in the order in which they were opened.
  late final sockets = StreamIterator(_sockets.stream);

  List<Received> named(String name) => requests.where((request) => request.name == name).toList();

  Future<void> stop() => _server.close(force: true);

  @override
  HttpClient createHttpClient(SecurityContext? context) =>
      super.createHttpClient(context)
        ..connectionFactory = (url, proxyHost, proxyPort) => Socket.startConnect(_server.address, _server.port);

  Future<void> _handle(HttpRequest request) async {
    if (WebSocketTransformer.isUpgradeRequest(request)) {
      _sockets.add(await WebSocketTransformer.upgrade(request));
      return;
    }
    final bytes = [await for (final part in request) ...part];
    final received = Received(request, bytes);
    requests.add(received);
    final answer = await routes[received.name]?.call(received) ?? refusal(404, 'not_found');
    final response = request.response
      ..statusCode = answer.status
      ..headers.contentType = ContentType.json;
    if (answer.retryAfter case final seconds?) response.headers.set('retry-after', '$seconds');
    response.write(jsonEncode(answer.body));
    await response.close();
  }

  /// The API of a user who has just signed in.
  Future<ChatApi> signIn() async {
    FlutterSecureStorage.setMockInitialValues({});
    routes['POST /auth/login'] = (_) => ok(signedIn('first'));
    final api = ChatApi(await AuthSession.load());
    await api.login(email: 'anna@example.com', password: 'correct horse');
    return api;
  }
}

/// The answer to a login.
Json signedIn(String token) => {
  'user': {'id': 'anna', 'email': 'anna@example.com', 'name': 'Anna'},
  'accessToken': token,
  'refreshToken': 'refresh-$token',
};
