import 'dart:async';

import '../rest/json.dart';
import 'outbox.dart';
import 'times.dart';

/// Sends the messages of the outbox one after the other, until each is stored or has failed.
class Sender {
  Sender(this._outbox, {required this.post, required this.onChange});

  /// Temporary refusals. The message is repeated.
  static const _temporary = {'too_many_requests', 'unavailable', 'maintenance', 'internal'};

  final Outbox _outbox;

  /// Sends a frame. False if there is no connection.
  final bool Function(Json frame) post;

  /// The outbox has changed.
  final void Function() onChange;

  /// The `clientId` of the message that was sent last and is not stored yet.
  String? _current;

  /// How often that message was refused, and with which code at last.
  ({int count, String code}) _refusals = (count: 0, code: 'no_answer');

  /// When a message was last stored, or there was a new connection.
  DateTime _progress = DateTime.fromMillisecondsSinceEpoch(0);
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
    if (!known.contains(_current)) return;
    _progress = DateTime.now();
    transmit();
  }

  void refused(String clientId, String code) {
    if (_temporary.contains(code)) {
      _postpone(clientId, code);
    } else {
      _fail(clientId, code);
    }
  }

  /// API Gateway did not handle a frame. If it was another one than the message, repeating the message does no harm.
  void unhandled() {
    final current = _current;
    if (current != null) _postpone(current, 'unavailable');
  }

  void connected() {
    _progress = DateTime.now();
    transmit();
  }

  void disconnected() {
    final current = _current;
    if (current != null) _outbox.mark(current, sending: false);
  }

  /// Sends the next message, even if it was sent before: the backend stores each `clientId` once.
  void transmit() {
    _timer?.cancel();
    final next = _outbox.next;
    if (next?.clientId != _current) _refusals = (count: 0, code: 'no_answer');
    _current = null;
    final endedBy = _endedBy;
    if (next == null || _stopped) return;
    if (endedBy == null) {
      _post(next);
    } else {
      _fail(next.clientId, endedBy);
    }
  }

  void _post(Outgoing message) {
    final Outgoing(:clientId, :content) = message;
    _current = clientId;
    final sent = post({'type': 'message', 'content': content, 'clientId': clientId});
    _outbox.mark(clientId, sending: sent);
    _repeatAfter(Times.answer, message);
    onChange();
  }

  void _postpone(String clientId, String code) {
    final next = _outbox.next;
    if (next == null || next.clientId != clientId) return;
    _outbox.mark(clientId, sending: false);
    // It ends when the operator ends it.
    if (code == 'maintenance') _progress = DateTime.now();
    _repeatAfter(Times.jittered(Times.repeat, _refusals.count), next);
    _refusals = (count: _refusals.count + 1, code: code);
    onChange();
  }

  /// Gives up when there was no progress for too long.
  void _repeatAfter(Duration wait, Outgoing message) {
    _timer?.cancel();
    _timer = Timer(wait, () {
      final since = message.since.isAfter(_progress) ? message.since : _progress;
      if (DateTime.now().difference(since) >= Times.timeout) {
        _fail(message.clientId, _refusals.code);
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
