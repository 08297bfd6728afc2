import 'dart:async';

import 'package:firebase_messaging/firebase_messaging.dart';
import 'package:flutter/foundation.dart';
import 'package:group_chat_client/group_chat_client.dart';
import 'package:shared_preferences/shared_preferences.dart';

/// Registers this device for the session of the user. When the session ends, the backend removes the device.
class PushRegistration {
  PushRegistration(this._api, this._inbox, {required this.after, this.vapidKey}) {
    _tokens = _messaging.onTokenRefresh.listen((token) {
      _isDone = false;
      unawaited(_try(() => _send(token)));
    });
    _inbox.addListener(_follow);
    _follow();
  }

  static const _offKey = 'chat_push_off';

  final ChatApi _api;
  final Inbox _inbox;

  /// What has to be done before the device is registered.
  final Future<void> after;
  final String? vapidKey;

  final _messaging = FirebaseMessaging.instance;
  final _store = SharedPreferencesAsync();
  late final StreamSubscription<String> _tokens;

  /// Whether the backend has got the token since the app started.
  bool _isDone = false;
  bool _isTrying = false;

  void stop() {
    unawaited(_tokens.cancel());
    _inbox.removeListener(_follow);
  }

  /// Whether the user wants notifications on this device, and the system allows them.
  Future<bool> get isOn async => !await _isOff && _allows(await _messaging.getNotificationSettings());

  /// Asks for permission, unless the user has given it, and registers the device. False if the user refuses or refused
  /// earlier: then only the settings of the system can change it.
  Future<bool> turnOn() async {
    await _store.remove(_offKey);
    if (!_allows(await _messaging.requestPermission())) return false;
    await _register();
    return true;
  }

  /// Stops notifications on this device.
  Future<void> turnOff() async {
    await _api.deletePush();
    await _store.setBool(_offKey, true);
  }

  Future<bool> get _isOff async => await _store.getBool(_offKey) ?? false;

  static bool _allows(NotificationSettings settings) =>
      const {AuthorizationStatus.authorized, AuthorizationStatus.provisional}.contains(settings.authorizationStatus);

  /// Registers once after each start and login. A live inbox shows that the backend can be reached.
  void _follow() {
    if (_inbox.isLive && !_isDone && !_isTrying) unawaited(_try(_register));
  }

  Future<void> _register() async {
    await after;
    if (!await isOn || await _waitsForApple) return;
    final token = await _messaging.getToken(vapidKey: vapidKey);
    if (token != null) await _send(token);
  }

  /// Firebase has no token before Apple's is there. It then arrives through `onTokenRefresh`.
  Future<bool> get _waitsForApple async =>
      !kIsWeb && defaultTargetPlatform == TargetPlatform.iOS && await _messaging.getAPNSToken() == null;

  Future<void> _send(String token) async {
    if (!await isOn) return;
    await _api.setPush(
      token: token,
      platform: kIsWeb ? 'web' : defaultTargetPlatform.name.toLowerCase(),
      locale: PlatformDispatcher.instance.locale.toLanguageTag(),
    );
    _isDone = true;
  }

  /// After a failure, the next time that the inbox is live tries again.
  Future<void> _try(Future<void> Function() action) async {
    _isTrying = true;
    try {
      await action();
    } on Object catch (error) {
      debugPrint('The device could not be registered: $error');
    }
    _isTrying = false;
  }
}
