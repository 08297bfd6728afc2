import 'package:firebase_messaging/firebase_messaging.dart';
import 'package:flutter/foundation.dart';
import 'package:flutter/services.dart';
import 'package:flutter_local_notifications/flutter_local_notifications.dart';

import 'push_data.dart';

/// The notifications that the system shows: at most one for each chat. `ChatNotifications.swift` does the work on iOS.
class SystemNotifications {
  /// The channel that the backend names.
  static const _channel = AndroidNotificationChannel('messages', 'Messages', importance: Importance.high);

  /// Firebase shows its notifications with this id and the chat as the tag. Ours use the same, so that they replace
  /// each other.
  static const _id = 0;

  static const _ios = MethodChannel('group_chat_push');

  final _local = FlutterLocalNotificationsPlugin();

  static bool get _isAndroid => !kIsWeb && defaultTargetPlatform == TargetPlatform.android;
  static bool get _isIos => !kIsWeb && defaultTargetPlatform == TargetPlatform.iOS;

  /// Prepares Android. [icon] is a drawable of the app. Returns what the user tapped to start the app, if it was one of
  /// our own notifications.
  Future<PushData?> start({required String icon, required void Function(PushData push) onTap}) async {
    if (!_isAndroid) return null;
    await _local.initialize(
      settings: InitializationSettings(android: AndroidInitializationSettings(icon)),
      onDidReceiveNotificationResponse: (response) {
        final push = PushData.decode(response.payload);
        if (push != null) onTap(push);
      },
    );
    final android = _local.resolvePlatformSpecificImplementation<AndroidFlutterLocalNotificationsPlugin>();
    await android?.createNotificationChannel(_channel);
    final launch = await _local.getNotificationAppLaunchDetails();
    return launch?.didNotificationLaunchApp == true ? PushData.decode(launch?.notificationResponse?.payload) : null;
  }

  /// Shows a push that comes while the app is in the foreground. Android does not show it; iOS and browsers decide for
  /// themselves.
  Future<void> show(PushData push, RemoteNotification? notification) async {
    if (!_isAndroid) return;
    await _local.show(
      id: _id,
      title: notification?.title,
      body: notification?.body,
      payload: push.encode(),
      notificationDetails: NotificationDetails(
        android: AndroidNotificationDetails(
          _channel.id,
          _channel.name,
          importance: Importance.high,
          priority: Priority.high,
          tag: push.chatId,
        ),
      ),
    );
  }

  /// Says which chat is on the screen. Its pushes are not shown.
  Future<void> setVisible(String? chatId) async {
    if (_isIos) await _ios.invokeMethod<void>('setVisible', chatId);
  }

  /// Removes the notification of a chat, whether Firebase or this class has shown it.
  Future<void> remove(String chatId) async {
    if (_isAndroid) await _local.cancel(id: _id, tag: chatId);
    if (_isIos) await _ios.invokeMethod<void>('remove', chatId);
  }

  Future<void> removeAll() async {
    if (_isAndroid) await _local.cancelAll();
    if (_isIos) await _ios.invokeMethod<void>('removeAll');
  }
}
