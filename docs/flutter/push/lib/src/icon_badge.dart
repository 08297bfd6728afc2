import 'package:app_badge_plus/app_badge_plus.dart';
import 'package:flutter/foundation.dart';
import 'package:shared_preferences/shared_preferences.dart';
import 'package:shared_preferences_foundation/shared_preferences_foundation.dart';

import 'unread_numbers.dart';

/// The number on the app's icon: the sum of one number for each chat. The numbers are stored, because a push may come
/// when the app is not running.
class IconBadge {
  IconBadge({String? appGroup}) : _store = SharedPreferencesAsync(options: _optionsFor(appGroup));

  static const _key = 'chat_unread';

  final SharedPreferencesAsync _store;

  /// Completes when the newest change is stored.
  Future<void> _changing = Future.value();

  static SharedPreferencesOptions _optionsFor(String? appGroup) {
    final isShared = appGroup != null && !kIsWeb && defaultTargetPlatform == TargetPlatform.iOS;
    return isShared ? SharedPreferencesAsyncFoundationOptions(suiteName: appGroup) : const SharedPreferencesOptions();
  }

  /// Sets how much is unread in one chat.
  Future<void> set(String chatId, int unread) => _change((numbers) => numbers.replace(chatId, unread));

  /// Replaces all numbers, and returns the earlier ones.
  Future<UnreadNumbers> replaceAll(UnreadNumbers numbers) => _change((_) => numbers);

  /// Makes changes one after the other, because each reads the stored numbers first.
  Future<UnreadNumbers> _change(UnreadNumbers Function(UnreadNumbers numbers) change) {
    final changed = _changing.then((_) async {
      final before = UnreadNumbers.decode(await _store.getString(_key));
      final after = change(before);
      await _store.setString(_key, after.encode());
      // Browsers have no badge.
      if (!kIsWeb) await AppBadgePlus.updateBadge(after.total);
      return before;
    });
    _changing = changed.then((_) {}, onError: (Object error) => debugPrint('The badge failed: $error'));
    return changed;
  }
}
