import 'dart:async';

import '../times.dart';

/// Answers that the assistant is still writing, by the ids that they will have as messages.
class Drafts {
  Drafts(this._onChange);

  final texts = <String, String>{};
  final void Function() _onChange;
  Timer? _timer;

  void add(String messageId, String delta) {
    texts.update(messageId, (text) => '$text$delta', ifAbsent: () => delta);
    _timer?.cancel();
    _timer = Timer(Times.draft, () {
      texts.clear();
      _onChange();
    });
    _onChange();
  }

  /// The message has arrived.
  void written(String messageId) {
    if (texts.remove(messageId) != null) _onChange();
  }

  void stop() => _timer?.cancel();
}
