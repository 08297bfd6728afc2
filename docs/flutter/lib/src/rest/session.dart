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
  AuthSession._(this._json, {this.wasLost = false}) : _signedIn = optional(_json, SignedIn.fromJson);

  static const _storage = FlutterSecureStorage();
  static const _key = 'chat_tokens';

  /// Nobody is signed in. The next login replaces what is stored.
  AuthSession.signedOut() : this._(null);

  /// The session from before the app was closed. Throws if the secure storage cannot be read: the user may be signed in
  /// all the same, so try again, and let them choose when to give up and sign in anew.
  static Future<AuthSession> load() async {
    // On Android the storage deletes what it cannot decrypt.
    final isStored = await _storage.containsKey(key: _key);
    final stored = await _storage.read(key: _key);
    try {
      final json = stored == null ? null : _complete(jsonDecode(stored) as Json);
      return AuthSession._(json, wasLost: isStored && stored == null);
    } on Object {
      return AuthSession._(null, wasLost: true);
    }
  }

  /// Whether there was a session that cannot be read any more. Tell the user why they have to sign in again.
  final bool wasLost;

  /// Adds what an earlier version of the backend left out for an account without an email.
  static Json _complete(Json json) => {
    ...json,
    'user': {'email': '', ...json['user'] as Json},
  };

  /// Has no interceptor, because a refresh must not wait for a refresh.
  final _dio = createDio();

  /// The stored form of [_signedIn], with the fields that this version does not know.
  Json? _json;
  SignedIn? _signedIn;
  Future<String>? _refreshing;

  /// Whether the session ends because the user wants it, however the backend answers.
  bool _leaving = false;

  /// Called when the session has ended and the user has to sign in again. `loggedOut` says that they logged out or have
  /// deleted their account, so that nothing of theirs should stay on the device.
  void Function({required bool loggedOut}) onEnd = ({required loggedOut}) {};

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

  /// The user logs out or has deleted their account. `ChatApi` calls this before it ends the session.
  void leave() => _leaving = _signedIn != null;

  /// Ends the session on this device. `ChatApi` calls this.
  Future<void> end() async {
    if (_signedIn == null) return;
    final loggedOut = _leaving;
    _leaving = false;
    _signedIn = null;
    _json = null;
    await _store(_storage.delete(key: _key));
    onEnd(loggedOut: loggedOut);
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
    if (json == null || token == null) return Future.error(ApiProblem.signedOut());
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
