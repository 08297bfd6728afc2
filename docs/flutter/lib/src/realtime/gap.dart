import 'dart:async';

import '../times.dart';

/// Watches for missing numbers. What is missing may only be late, so the client waits before it asks, and longer each
/// time.
class Gap {
  Gap(this._isBehind, this._ask, this._wait);

  final bool Function() _isBehind;
  final void Function() _ask;
  final Growing _wait;
  int _tries = 0;
  Timer? _timer;

  /// Something has changed.
  void look() {
    if (_isBehind()) {
      _timer ??= Timer(Times.longer(_wait, _tries++), _retry);
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
