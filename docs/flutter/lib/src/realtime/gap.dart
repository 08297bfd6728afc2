import 'dart:async';

import 'reader.dart';
import 'times.dart';

/// Watches for missing numbers. A message may only be late, so the client waits before it asks, and longer each time.
class Gap {
  Gap(this._reader, this._ask);

  final Reader _reader;
  final void Function() _ask;
  int _tries = 0;
  Timer? _timer;

  /// The reader has changed.
  void look() {
    if (_reader.behind) {
      _timer ??= Timer(Times.longer(Times.gap, _tries++), _retry);
    } else {
      stop();
    }
  }

  void stop() {
    _timer?.cancel();
    _timer = null;
    _tries = 0;
  }

  void _retry() {
    _timer = null;
    _ask();
    // Do not rely on an answer: the backend may refuse the question.
    look();
  }
}
