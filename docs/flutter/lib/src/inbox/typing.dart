import 'dart:async';

import 'package:flutter/foundation.dart';

import '../times.dart';
import 'frames.dart';
import 'inbox.dart';

/// Who is writing, in all chats. There is no frame that says that somebody has stopped: they are shown for a while, or
/// until their message arrives.
class Typing extends ChangeNotifier {
  Typing(this._inbox) {
    _frames = _inbox.frames.listen(_receive);
  }

  final Inbox _inbox;
  late final StreamSubscription<Frame> _frames;
  final _timers = <({String chatId, String userId}), Timer>{};

  /// When each chat was last told that the user is writing.
  final _told = <String, DateTime>{};

  /// The ids of those who are writing in a chat.
  List<String> of(String chatId) => [
    for (final who in _timers.keys)
      if (who.chatId == chatId) who.userId,
  ];

  /// The user is writing. Call this on every change of the text.
  void write(String chatId) {
    final now = DateTime.now();
    final told = _told[chatId];
    if (told != null && now.difference(told) < Times.writing) return;
    if (_inbox.tell({'type': 'typing', 'chatId': chatId})) _told[chatId] = now;
  }

  @override
  void dispose() {
    unawaited(_frames.cancel());
    for (final timer in _timers.values) {
      timer.cancel();
    }
    super.dispose();
  }

  void _receive(Frame frame) {
    switch (frame) {
      case TypingFrame(chatId: final String chatId, :final userId):
        _show((chatId: chatId, userId: userId));
      case MessageFrame(:final message):
        _hide((chatId: message.chatId, userId: message.userId));
      case _:
        break;
    }
  }

  void _show(({String chatId, String userId}) who) {
    _timers[who]?.cancel();
    _timers[who] = Timer(Times.typing, () => _hide(who));
    notifyListeners();
  }

  void _hide(({String chatId, String userId}) who) {
    final timer = _timers.remove(who);
    timer?.cancel();
    if (timer != null) notifyListeners();
  }
}
