import 'dart:async';

import 'package:firebase_messaging/firebase_messaging.dart';
import 'package:flutter/foundation.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'background.dart';
import 'badge_sync.dart';
import 'icon_badge.dart';
import 'push_data.dart';
import 'registration.dart';
import 'system_notifications.dart';
import 'unread_numbers.dart';

/// Push notifications of all chats. An app creates one [ChatPush], after `Firebase.initializeApp`.
class ChatPush {
  /// - [icon]: a drawable for Android's notifications.
  /// - [appGroup]: on iOS, the app group that the notification service extension shares.
  /// - [vapidKey]: on the web, the public key of the Web Push certificate.
  ChatPush({required this.icon, this.appGroup, this.vapidKey});

  final String icon;
  final String? appGroup;
  final String? vapidKey;

  late final _badge = IconBadge(appGroup: appGroup);
  final _notifications = SystemNotifications();
  PushRegistration? _registration;

  /// Completes when the token of the former user is gone.
  Future<void> _forgotten = Future.value();
  BadgeSync? _sync;

  /// The chats on the screen by their pages, the newest last. For a moment there may be two: a page may hear that it is
  /// behind another one after that one has been shown.
  final _visible = <Object, String>{};

  /// What the user has tapped, until the app can open it.
  PushData? _tapped;

  /// Called with the push that the user taps, or at once with one tapped earlier. Set it where the app can navigate,
  /// and to null where it cannot.
  set onOpen(void Function(PushData push)? onOpen) {
    _onOpen = onOpen;
    _open(_tapped);
  }

  void Function(PushData push)? _onOpen;

  /// Call this once, before `runApp`.
  Future<void> init() async {
    FirebaseMessaging.onBackgroundMessage(countInBackground);
    FirebaseMessaging.onMessage.listen(_receive);
    FirebaseMessaging.onMessageOpenedApp.listen((message) => _open(PushData.read(message.data)));
    final own = await _notifications.start(icon: icon, onTap: _open);
    final first = await FirebaseMessaging.instance.getInitialMessage();
    _open(own ?? PushData.read(first?.data ?? const {}));
    // The service worker puts the push into the address.
    if (kIsWeb) _open(PushData.read(Uri.base.queryParameters));
  }

  /// Call this after each start with a session and after each login. It registers the device if the user wants
  /// notifications.
  void start(ChatApi api, Inbox inbox, ChatList chats) {
    _registration = PushRegistration(api, inbox, after: _forgotten, vapidKey: vapidKey);
    _sync = BadgeSync(_badge, chats, onRead: _remove);
  }

  /// Call this when the session has ended. Removes the user's notifications and the badge, and the token, because the
  /// backend may not have heard of the logout.
  void stop() {
    _registration?.stop();
    _registration = null;
    _sync?.stop();
    _sync = null;
    _tapped = null;
    _forgotten = _quietly(FirebaseMessaging.instance.deleteToken());
    unawaited(_quietly(_badge.replaceAll(UnreadNumbers({}))));
    unawaited(_quietly(_notifications.removeAll()));
  }

  /// Whether this device gets notifications.
  Future<bool> get isOn async => await _registration?.isOn ?? false;

  /// Asks for permission, if that is needed, and registers the device. False if the user does not allow it.
  Future<bool> turnOn() async => await _registration?.turnOn() ?? false;

  /// Throws an `ApiProblem` if the backend refuses, and a `DioException` if there is no answer.
  Future<void> turnOff() async {
    await _registration?.turnOff();
  }

  String? get _visibleChatId => _visible.values.lastOrNull;

  /// Says which chat a page shows: null while another page is above it or the app is in the background, and when the page
  /// is gone.
  void setVisible(Object page, String? chatId) {
    _visible.remove(page);
    if (chatId != null) {
      _visible[page] = chatId;
      _remove(chatId);
    }
    unawaited(_quietly(_notifications.setVisible(_visibleChatId)));
  }

  /// The inbox brings the message itself. A push only shows it.
  void _receive(RemoteMessage message) {
    final push = PushData.read(message.data);
    if (push == null) return;
    // The push may have changed the badge: on iOS the notification service extension has counted it.
    _sync?.refresh();
    if (push.chatId != _visibleChatId) unawaited(_quietly(_notifications.show(push, message.notification)));
  }

  void _open(PushData? push) {
    if (push == null) return;
    final onOpen = _onOpen;
    _tapped = onOpen == null ? push : null;
    onOpen?.call(push);
  }

  void _remove(String chatId) => unawaited(_quietly(_notifications.remove(chatId)));

  /// A notification that cannot be shown or removed must not break anything else.
  static Future<void> _quietly(Future<void> action) async {
    try {
      await action;
    } on Object catch (error) {
      debugPrint('A notification failed: $error');
    }
  }
}
