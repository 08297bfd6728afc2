import 'dart:async';

import '../rest/api_problem.dart';
import '../times.dart';

/// Tells the backend how far the user has read: at once, then at most once in five seconds, and when they leave. What
/// could not be sent is sent again, also after the user has left.
class ReadMarks {
  ReadMarks(this._post);

  /// Sends a mark. A final [ApiProblem] ends the attempts, any other error is followed by another one.
  final Future<void> Function(int seq) _post;

  /// The highest number that the user has read, and the highest that the backend knows.
  int _seen = 0;
  int _known = 0;
  Timer? _timer;

  /// The newest attempt.
  Future<void> _sending = Future.value();

  /// Whether the user has read anything since the chat was opened.
  bool get hasRead => _seen > 0;

  /// The backend has this mark already. The first mark is sent all the same: it ends a mark as unread.
  void learn(int seq) {
    if (hasRead && seq > _known) _known = seq;
  }

  /// The user has read up to a message of somebody else.
  void read(int seq) {
    if (seq > _seen) _seen = seq;
    if (_timer == null) unawaited(flush());
  }

  /// Sends what was not sent yet: the user leaves the chat or the app. Completes after the answer, also without one.
  Future<void> flush() {
    if (_seen > _known) _sending = _send(_seen, known: _known);
    return _sending;
  }

  Future<void> _send(int seen, {required int known}) async {
    _known = seen;
    _flushLater();
    try {
      await _post(seen);
    } on Object catch (error) {
      if (error is ApiProblem && error.isFinal) return;
      if (_known == seen) _known = known;
      _flushLater();
    }
  }

  void _flushLater() {
    _timer?.cancel();
    _timer = Timer(Times.readMark, () {
      _timer = null;
      unawaited(flush());
    });
  }
}
