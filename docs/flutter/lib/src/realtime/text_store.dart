import 'package:flutter/foundation.dart';

/// Keeps texts on the device, by key. The app provides it, usually with shared_preferences.
abstract interface class TextStore {
  Future<String?> read(String key);

  Future<void> write(String key, String text);

  Future<void> delete(String key);
}

/// One text in a store. If the store fails, for example because it is full, the app goes on without it.
class StoredText {
  StoredText(this._store, this._key);

  final TextStore _store;
  final String _key;
  String? _newest;
  String? _written;
  bool _writing = false;

  Future<String?> read() async {
    try {
      return _newest = _written = await _store.read(_key);
    } on Object catch (error) {
      debugPrint('The store of unsent messages failed: $error');
      return null;
    }
  }

  /// Replaces the text. Null deletes it. Of texts that come faster than they are written, only the newest is written.
  Future<void> replace(String? text) async {
    _newest = text;
    if (_writing) return;
    _writing = true;
    while (_newest != _written) {
      await _write(_written = _newest);
    }
    _writing = false;
  }

  Future<void> _write(String? text) async {
    try {
      await (text == null ? _store.delete(_key) : _store.write(_key, text));
    } on Object catch (error) {
      debugPrint('The store of unsent messages failed: $error');
    }
  }
}
