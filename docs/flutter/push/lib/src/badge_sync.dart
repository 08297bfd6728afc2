import 'dart:async';

import 'package:group_chat_client/group_chat_client.dart';

import 'icon_badge.dart';
import 'unread_numbers.dart';

/// Copies the numbers of the list of chats to the badge while the app runs. They replace the numbers from pushes,
/// because the list also knows what was read on other devices.
class BadgeSync {
  BadgeSync(this._badge, this._chats, {required this.onRead}) {
    _chats.addListener(_follow);
    _follow();
  }

  final IconBadge _badge;
  final ChatList _chats;

  /// Called when nothing in the chat is unread any more, so that its notification can be removed.
  final void Function(String chatId) onRead;

  /// The text that was written last. Null if something else may have been written since.
  String? _written;

  void stop() => _chats.removeListener(_follow);

  /// Writes the numbers again: a push may have replaced one of them.
  void refresh() {
    _written = null;
    _follow();
  }

  void _follow() {
    if (!_chats.isCurrent) {
      _written = null;
      return;
    }
    final numbers = UnreadNumbers({for (final chat in _chats.all) chat.id: chat.badge});
    final text = numbers.encode();
    if (text == _written) return;
    _written = text;
    unawaited(_write(numbers));
  }

  Future<void> _write(UnreadNumbers numbers) async {
    try {
      final before = await _badge.replaceAll(numbers);
      before.readBy(numbers).forEach(onRead);
    } on Object {
      // The next change writes it again.
      _written = null;
    }
  }
}
