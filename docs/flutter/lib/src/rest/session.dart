import 'dart:convert';

import 'package:dio/dio.dart';
import 'package:flutter/foundation.dart';
import 'package:flutter_secure_storage/flutter_secure_storage.dart';

import 'api_problem.dart';
import 'http.dart';
import 'json.dart';
import 'models.dart';

/// The user who is signed in on this device, and their tokens.
class AuthSession {
  AuthSession._(this._json) : _signedIn = optional(_json, SignedIn.fromJson);

  static const _storage = FlutterSecureStorage();
  static const _key = 'chat_tokens';

  /// The session from before the app was closed. It is signed out if the storage cannot be read, for example after the
  /// user moved to another phone.
  static Future<AuthSession> load() async {
    try {
      final stored = await _storage.read(key: _key);
      return AuthSession._(stored == null ? null : _complete(jsonDecode(stored) as Json));
    } on Object {
      return AuthSession._(null);
    }
  }

  /// Adds what an earlier version of the backend left out for an account without an email.
  static Json _complete(Json json) => {...json, 'user': {'email': '', ...json['user'] as Json}};

  /// Has no interceptor, because a refresh must not wait for a refresh.
  final _dio = createDio();

  /// The stored form of [_signedIn], with the fields that this version does not know.
  Json? _json;
  SignedIn? _signedIn;
  Future<String>? _refreshing;

  /// Called when the session has ended and the user has to sign in again.
  void Function() onEnd = () {};

  User? get user => _signedIn?.user;
  String? get accessToken => _signedIn?.accessToken;

  /// Starts the session with the answer of `register` or `login`. `ChatApi` calls this.
  Future<void> begin(Json answer) async {
    _signedIn = SignedIn.fromJson(answer);
    _json = answer;
    await _store(_storage.write(key: _key, value: jsonEncode(answer)));
  }

  /// Takes a newer profile of the same user. `ChatApi` calls this.
  Future<void> update(Json user) async {
    final json = _json;
    if (json != null && user['id'] == this.user?.id) await begin({...json, 'user': user});
  }

  /// Ends the session on this device. `ChatApi` calls this after `logout` and `deleteMe`.
  Future<void> end() async {
    if (_signedIn == null) return;
    _signedIn = null;
    _json = null;
    await _store(_storage.delete(key: _key));
    onEnd();
  }

  /// If the storage fails, the session still lasts until the app is closed.
  static Future<void> _store(Future<void> change) async {
    try {
      await change;
    } on Exception catch (error) {
      debugPrint('The secure storage failed: $error');
    }
  }

  /// A new access token in place of an expired one. Concurrent callers share one request. Only a refusal ends the
  /// session: if the answer is lost, the old refresh token still works, because the new one was never used.
  Future<String> refresh(String expired) {
    final json = _json;
    final token = accessToken;
    if (json == null || token == null) return Future.error(ApiProblem(401, const {'code': 'token_missing'}));
    if (token != expired) return Future.value(token);
    return _refreshing ??= _refresh(json, token).whenComplete(() => _refreshing = null);
  }

  Future<String> _refresh(Json old, String oldToken) async {
    // The user may have signed out meanwhile, or signed in again.
    bool isCurrent() => accessToken == oldToken;
    try {
      final response = await repeating(
        () => _dio.post<Json>('/auth/refresh', data: {'refreshToken': old['refreshToken'], 'rotate': true}),
      );
      final tokens = response.data!;
      if (isCurrent()) await begin({...?_json, ...tokens});
      return tokens['accessToken'] as String;
    } on DioException catch (error) {
      final problem = ApiProblem.of(error);
      if (problem != null && problem.isOurs && problem.status == 401 && isCurrent()) await end();
      rethrow;
    }
  }
}
