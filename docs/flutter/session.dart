import 'dart:async';
import 'dart:convert';

import 'package:dio/dio.dart';
import 'package:flutter_secure_storage/flutter_secure_storage.dart';

import 'api_problem.dart';
import 'app_config.dart';
import 'models.dart';

class Tokens {
  Tokens(this.user, this.accessToken, this.refreshToken);

  Tokens.fromJson(Json json)
      : user = User.fromJson(json['user'] as Json),
        accessToken = json['accessToken'] as String,
        refreshToken = json['refreshToken'] as String;

  final User user;
  final String accessToken;
  final String refreshToken;

  Json toJson() => {'user': user.toJson(), 'accessToken': accessToken, 'refreshToken': refreshToken};
}

/// The user who is signed in on this phone, and the tokens that show it.
class Session {
  Session._(this._tokens);

  static const _storage = FlutterSecureStorage();
  static const _key = 'chat_tokens';

  /// As it was when the app was closed.
  static Future<Session> load() async {
    final kept = await _storage.read(key: _key);
    return Session._(kept == null ? null : Tokens.fromJson(jsonDecode(kept) as Json));
  }

  /// Without interceptors: a refresh must not wait for a refresh.
  final _dio = Dio(BaseOptions(
    baseUrl: AppConfig.apiBaseUrl,
    connectTimeout: const Duration(seconds: 10),
    receiveTimeout: const Duration(seconds: 10),
  ));
  Tokens? _tokens;
  Future<String>? _refreshing;

  /// Called when the session has ended: the user has to sign in again.
  void Function() onEnd = () {};

  User? get user => _tokens?.user;
  String? get accessToken => _tokens?.accessToken;

  Future<void> begin(Tokens tokens) async {
    _tokens = tokens;
    await _storage.write(key: _key, value: jsonEncode(tokens.toJson()));
  }

  Future<void> update(User user) async {
    final tokens = _tokens;
    if (tokens != null) await begin(Tokens(user, tokens.accessToken, tokens.refreshToken));
  }

  Future<void> end() async {
    if (_tokens == null) return;
    _tokens = null;
    try {
      await _storage.delete(key: _key);
    } finally {
      onEnd();
    }
  }

  /// A new access token for one that has expired. Whoever comes meanwhile waits for the same answer. Only a refusal ends the
  /// session: without an answer the old refresh token is still good, because the new one was never used.
  Future<String> refresh(String expired) {
    final tokens = _tokens;
    if (tokens == null) return Future.error(ApiProblem(401, const {'code': 'token_missing'}, null));
    if (tokens.accessToken != expired) return Future.value(tokens.accessToken);
    return _refreshing ??= _refresh(tokens).whenComplete(() => _refreshing = null);
  }

  Future<String> _refresh(Tokens tokens) async {
    try {
      final answer = await _dio.post<Json>(
        '/auth/refresh',
        data: {'refreshToken': tokens.refreshToken, 'rotate': true},
      );
      final accessToken = answer.data!['accessToken'] as String;
      final refreshToken = answer.data!['refreshToken'] as String;
      if (identical(_tokens, tokens)) await begin(Tokens(tokens.user, accessToken, refreshToken));
      return accessToken;
    } on DioException catch (error) {
      final problem = ApiProblem.of(error);
      if (problem != null && problem.isOurs && problem.status == 401) await end();
      rethrow;
    }
  }
}

/// Sends the access token with each request, and a new one if the backend says that it has expired. The backend says so,
/// not our clock: the clock of a phone may be wrong.
class SessionInterceptor extends Interceptor {
  SessionInterceptor(this._dio, this._session);

  final Dio _dio;
  final Session _session;

  @override
  void onRequest(RequestOptions options, RequestInterceptorHandler handler) {
    final token = _session.accessToken;
    if (token != null) options.headers['Authorization'] = 'Bearer $token';
    options.extra['token'] = token;
    handler.next(options);
  }

  /// However this ends, the handler is called: a request whose handler is not called waits for ever.
  @override
  Future<void> onError(DioException err, ErrorInterceptorHandler handler) async {
    try {
      final answer = await _repeat(err);
      if (answer == null) {
        handler.next(err);
      } else {
        handler.resolve(answer);
      }
    } on DioException catch (error) {
      handler.next(error);
    } on ApiProblem {
      handler.next(err);
    } on Object catch (error) {
      // The phone's secure storage, for one, may fail.
      handler.next(DioException(requestOptions: err.requestOptions, error: error));
    }
  }

  /// The answer to the same request with a new token; null when it was refused for another reason than the token's age.
  Future<Response<dynamic>?> _repeat(DioException err) async {
    final options = err.requestOptions;
    final problem = ApiProblem.of(err);
    final token = options.extra['token'] as String?;
    if (problem != null && problem.isSignedOut) await _session.end();
    if (token == null || problem?.code != 'token_expired' || options.extra['repeated'] == true) return null;
    await _session.refresh(token);
    options.extra['repeated'] = true;
    return _dio.fetch<dynamic>(options);
  }
}
