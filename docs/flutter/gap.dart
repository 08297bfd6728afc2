import 'dart:async';

import 'reader.dart';
import 'times.dart';

/// Watches for a number that is missing. Its message may be a moment late: it is asked for after a moment, then ever more
/// rarely.
class Gap {
  Gap(this._reader, this._ask);

  final Reader _reader;
  final void Function() _ask;
  int _waits = 0;
  Timer? _timer;

  /// The reader has changed.
  void look() {
    if (!_reader.behind) {
      stop();
    } else {
      _timer ??= Timer(Times.longer(Times.askAgain, _waits++), _askAgain);
    }
  }

  void stop() {
    _timer?.cancel();
    _timer = null;
    _waits = 0;
  }

  void _askAgain() {
    _timer = null;
    _ask();
    // Not only when an answer has come: the question may be refused.
    look();
  }
}
