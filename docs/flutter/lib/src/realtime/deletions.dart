import 'dart:async';

import 'package:flutter/foundation.dart';

import '../times.dart';

/// Messages that the user has chosen to delete. Each waits for five seconds, in which that can be undone. Show none of
/// them meanwhile.
class Deletions extends ChangeNotifier {
  Deletions(this._delete);

  /// Deletes a message, and tells the user if that fails: then the message is shown again.
  final Future<void> Function(String messageId) _delete;
  final _timers = <String, Timer>{};
  bool _disposed = false;

  /// Whether the message waits or is being deleted.
  bool has(String messageId) => _timers.containsKey(messageId);

  /// Whether the message still waits.
  bool canUndo(String messageId) => _timers[messageId]?.isActive ?? false;

  void add(String messageId) {
    if (has(messageId)) return;
    _timers[messageId] = Timer(Times.undo, () => unawaited(_send(messageId)));
    notifyListeners();
  }

  void undo(String messageId) {
    if (!canUndo(messageId)) return;
    _timers.remove(messageId)?.cancel();
    notifyListeners();
  }

  /// The user leaves the chat or the app: what still waits is deleted now.
  void flush() => _timers.keys.where(canUndo).toList().forEach(_send);

  @override
  void dispose() {
    _disposed = true;
    flush();
    super.dispose();
  }

  Future<void> _send(String messageId) async {
    _timers[messageId]?.cancel();
    try {
      await _delete(messageId);
    } finally {
      _timers.remove(messageId);
      if (!_disposed) notifyListeners();
    }
  }
}
