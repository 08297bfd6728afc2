import 'dart:ui';

import 'package:firebase_messaging/firebase_messaging.dart';

import 'icon_badge.dart';
import 'push_data.dart';

/// Updates the badge for a push that comes while the app is in the background or not running. Android calls this in an
/// isolate of its own, and shows the notification itself. On iOS the notification service extension does this instead.
@pragma('vm:entry-point')
Future<void> countInBackground(RemoteMessage message) async {
  DartPluginRegistrant.ensureInitialized();
  final push = PushData.read(message.data);
  if (push != null) await IconBadge().set(push.chatId, push.unread);
}
