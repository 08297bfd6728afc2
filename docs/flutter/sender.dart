import 'dart:async';

import 'models.dart';
import 'outbox.dart';
import 'times.dart';

/// Sends what is in the outbox, one message after the other, until each is stored or has failed.
class Sender {
  Sender(this._outbox, {required this.post, required this.onChange});

  /// Refusals of a message that pass by themselves: it is sent again after a while.
  static const _passing = {'too_many_requests', 'unavailable', 'internal'};

  final Outbox _outbox;

  /// Sends a frame, if there is a connection.
  final void Function(Json frame) post;

  /// The outbox has changed.
  final void Function() onChange;

  /// Of the message that is on its way.
  String? _current;
  Timer? _timer;
  bool _stopped = false;
  String? _endedBy;

  void stop() {
    _stopped = true;
    _timer?.cancel();
  }

  /// The chat has ended by this problem: whatever is sent to it fails at once.
  void end(String code) {
    _endedBy = code;
    _changed();
  }

  void add(String content) => _enqueue(() => _outbox.add(content));

  void retry(String clientId) => _enqueue(() => _outbox.retry(clientId));

  /// They are in the chat.
  void stored(Iterable<String> clientIds) {
    final known = clientIds.toList();
    known.forEach(_outbox.stored);
    if (known.contains(_current)) transmit();
  }

  void refused(String clientId, String code) {
    if (!_passing.contains(code)) _fail(clientId, code);
  }

  /// Sends the next message, again if it was sent before: the same clientId makes no double.
  void transmit() {
    _timer?.cancel();
    _current = null;
    final next = _outbox.next;
    final endedBy = _endedBy;
    if (next == null || _stopped) return;
    if (endedBy == null) {
      _post(next);
    } else {
      _fail(next.clientId, endedBy);
    }
  }

  void _post(Outgoing message) {
    _current = message.clientId;
    post({'type': 'message', 'content': message.content, 'clientId': message.clientId});
    _timer = Timer(Times.answer, () {
      if (DateTime.now().difference(message.since) >= Times.patience) {
        _fail(message.clientId, 'no_answer');
      } else {
        transmit();
      }
    });
  }

  void _fail(String clientId, String code) {
    _outbox.fail(clientId, code);
    _changed();
  }

  /// If a message is on its way already, the others wait for it.
  void _enqueue(void Function() change) {
    change();
    if (_current == null) transmit();
    onChange();
  }

  void _changed() {
    transmit();
    onChange();
  }
}
