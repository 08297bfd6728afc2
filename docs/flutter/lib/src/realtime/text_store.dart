import 'package:flutter/foundation.dart';

import '../times.dart';

/// Keeps texts on the device, by key. The app provides it, usually with shared_preferences.
abstract interface class TextStore {
  Future<String?> read(String key);

  Future<void> write(String key, String text);

  Future<void> delete(String key);
}

/// One text in a store. What fails is tried three times. If the store still fails, for example because it is full, the
/// app goes on without it.
class StoredText {
  StoredText(this._store, this._key);

  final TextStore _store;
  final String _key;

  /// What the store should hold, and whether it does.
  String? _text;
  bool _isStored = false;
  bool _isWriting = false;

  /// Completes when nothing is being written any more.
  Future<void> settled = Future.value();

  /// Null if nothing is stored. Throws if the store cannot be read, which says nothing about what it holds.
  Future<String?> read() async {
    await _tryThreeTimes(() async => _text = await _store.read(_key));
    _isStored = true;
    return _text;
  }

  /// Replaces the text. Null deletes it. Of texts that come faster than they are written, only the newest is written.
  void replace(String? text) {
    _isStored = _isStored && text == _text;
    _text = text;
    if (_isStored || _isWriting) return;
    _isWriting = true;
    settled = _write();
  }

  Future<void> _write() async {
    try {
      while (!_isStored) {
        await _tryThreeTimes(_writeOnce);
      }
    } on Object {
      // The next text is tried again.
    }
    _isWriting = false;
  }

  Future<void> _writeOnce() async {
    final text = _text;
    await (text == null ? _store.delete(_key) : _store.write(_key, text));
    _isStored = text == _text;
  }

  static Future<void> _tryThreeTimes(Future<void> Function() action) async {
    for (var tries = 0; ; tries++) {
      try {
        await action();
        return;
      } on Object catch (error) {
        debugPrint('The store of unsent messages failed: $error');
        if (tries == 2) rethrow;
        await Future<void>.delayed(Times.longer(Times.repeat, tries));
      }
    }
  }
}
