import 'dart:convert';

import 'package:dio/dio.dart';
import 'package:flutter/foundation.dart';
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

  /// As it was when the app was closed; signed out if that can't be read, say after a move to another phone.
  static Future<Session> load() async {
    try {
      final kept = await _storage.read(key: _key);
      return Session._(kept == null ? null : Tokens.fromJson(jsonDecode(kept) as Json));
    } on Object {
      return Session._(null);
    }
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
    await _keep(_storage.write(key: _key, value: jsonEncode(tokens.toJson())));
  }

  Future<void> update(User user) async {
    final tokens = _tokens;
    if (tokens != null) await begin(Tokens(user, tokens.accessToken, tokens.refreshToken));
  }

  Future<void> end() async {
    if (_tokens == null) return;
    _tokens = null;
    await _keep(_storage.delete(key: _key));
    onEnd();
  }

  /// Without the storage the session goes on all the same, until the app is closed.
  static Future<void> _keep(Future<void> change) async {
    try {
      await change;
    } on Exception catch (error) {
      debugPrint('The secure storage fails: $error');
    }
  }

  /// A new access token for one that has expired. Whoever comes meanwhile waits for the same answer. Only a refusal ends
  /// the session: without an answer the old refresh token is still good, because the new one was never used.
  Future<String> refresh(String expired) {
    final tokens = _tokens;
    if (tokens == null) return Future.error(ApiProblem(401, const {'code': 'token_missing'}));
    if (tokens.accessToken != expired) return Future.value(tokens.accessToken);
    return _refreshing ??= _refresh(tokens).whenComplete(() => _refreshing = null);
  }

  Future<String> _refresh(Tokens old) async {
    // The user may have signed out meanwhile, and in again.
    bool isCurrent() => accessToken == old.accessToken;
    try {
      final answer = await _dio.post<Json>('/auth/refresh', data: {'refreshToken': old.refreshToken, 'rotate': true});
      final newToken = answer.data!['accessToken'] as String;
      final refreshToken = answer.data!['refreshToken'] as String? ?? old.refreshToken;
      if (isCurrent()) await begin(Tokens(user ?? old.user, newToken, refreshToken));
      return newToken;
    } on DioException catch (error) {
      final problem = ApiProblem.of(error);
      if (problem != null && problem.isOurs && problem.status == 401 && isCurrent()) await end();
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

  @override
  Future<void> onError(DioException err, ErrorInterceptorHandler handler) async {
    // Whatever happens here, the request must come to an end.
    try {
      handler.resolve(await _repeat(err));
    } on DioException catch (error) {
      handler.next(error);
    } on Object catch (error, stackTrace) {
      handler.next(DioException(requestOptions: err.requestOptions, error: error, stackTrace: stackTrace));
    }
  }

  /// The answer to the same request with a new token. Throws the error if a new token doesn't help.
  Future<Response<dynamic>> _repeat(DioException err) async {
    final options = err.requestOptions;
    final token = options.extra['token'] as String?;
    final problem = ApiProblem.of(err);
    // A late answer to an older session says nothing about the one that there is now.
    if (problem != null && problem.isSignedOut && token == _session.accessToken) await _session.end();
    if (token == null || problem?.code != 'token_expired' || options.extra['repeated'] == true) throw err;
    await _session.refresh(token);
    options.extra['repeated'] = true;
    return _dio.fetch<dynamic>(options);
  }
}
