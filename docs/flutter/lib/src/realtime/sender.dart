import 'dart:async';

import '../rest/json.dart';
import 'outbox.dart';
import 'times.dart';

/// Sends the messages of the outbox one after the other, until each is stored or has failed.
class Sender {
  Sender(this._outbox, {required this.post, required this.onChange});

  /// Temporary refusals. The message is sent again after `Times.answer`.
  static const _temporary = {'too_many_requests', 'unavailable', 'maintenance', 'internal'};

  final Outbox _outbox;

  /// Sends a frame, if there is a connection.
  final void Function(Json frame) post;

  /// The outbox has changed.
  final void Function() onChange;

  /// The `clientId` of the message that was sent last and is not stored yet.
  String? _current;
  Timer? _timer;
  bool _stopped = false;
  String? _endedBy;

  void stop() {
    _stopped = true;
    _timer?.cancel();
  }

  /// The chat has ended with this code: all messages fail at once.
  void end(String code) {
    _endedBy = code;
    _changed();
  }

  void add(String content) => _enqueue(() => _outbox.add(content));

  void retry(String clientId) => _enqueue(() => _outbox.retry(clientId));

  /// These messages are in the chat.
  void stored(Iterable<String> clientIds) {
    final known = clientIds.toList();
    known.forEach(_outbox.stored);
    if (known.contains(_current)) transmit();
  }

  void refused(String clientId, String code) {
    if (!_temporary.contains(code)) _fail(clientId, code);
  }

  /// Sends the next message, even if it was sent before: the backend stores each `clientId` once.
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
      if (DateTime.now().difference(message.since) >= Times.timeout) {
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

  /// Waits if a message was sent and is not stored yet.
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
