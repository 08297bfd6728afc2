import 'dart:async';

import 'package:flutter/foundation.dart';

import '../rest/api_problem.dart';
import '../rest/chat_api.dart';
import '../rest/models.dart';
import '../times.dart';

/// Who of an open chat's participants is connected, and when the others were last seen. It asks at once and then every
/// minute while the chat is visible.
class PresenceWatch extends ChangeNotifier {
  PresenceWatch(this._api, {required this.chatId});

  final ChatApi _api;
  final String chatId;
  var _users = const <String, Presence>{};
  Timer? _timer;
  bool _disposed = false;

  /// The participants of whom something is known.
  Iterable<Presence> get users => _users.values;

  /// Null for somebody who hides it, and until it is known.
  Presence? of(String userId) => _users[userId];

  /// The chat is visible.
  void show() {
    _timer?.cancel();
    _timer = Timer.periodic(Times.presence, (_) => unawaited(_ask()));
    unawaited(_ask());
  }

  /// The app is in the background.
  void hide() => _timer?.cancel();

  @override
  void dispose() {
    _disposed = true;
    hide();
    super.dispose();
  }

  Future<void> _ask() async {
    try {
      final users = await _api.listPresence(chatId);
      _users = {for (final user in users) user.userId: user};
    } on ApiProblem catch (problem) {
      // There is nothing to ask for in a large chat, or in one with a block.
      if (problem.isFinal || problem.code == 'chat_too_large') {
        hide();
        _users = const {};
      }
    } on Object {
      // No answer: the next minute's may come.
    }
    if (!_disposed) notifyListeners();
  }
}
