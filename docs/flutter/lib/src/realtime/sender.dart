import 'dart:async';

import '../rest/refusal.dart';
import '../times.dart';
import 'message_length.dart';
import 'outbox.dart';

/// Sends the messages of the outbox one after the other: the next one when the one before is stored or refused for
/// good, however long that takes. Frames that are on their way together may be stored in any order. The files of a message
/// are uploaded when it is its turn.
class Sender {
  Sender(this._outbox, {required this.post, required this.upload}) {
    // Somebody else may add to the outbox, for example the page of a chat that has just been closed.
    _outbox.addListener(_transmitIfIdle);
  }

  /// Refusals that pass with time. The message waits, and so do those after it, or they would overtake it.
  static const _passing = {'too_many_requests', 'unavailable', 'maintenance', 'switched_off'};

  /// How often a message is sent that the backend fails on. After that the message itself is taken for the cause.
  static const _maxFaults = 5;

  /// The backend's own refusal. A longer frame could close the connection instead, again on every try.
  static const _tooLong = Refusal(
    'invalid_input',
    fields: {
      'content': FieldError(
        path: 'content',
        message: 'must have at most $maxCharacters characters',
        rule: 'too_long',
        limit: maxCharacters,
      ),
    },
  );

  final Outbox _outbox;

  /// Sends a message. False if there is no connection.
  final bool Function(Outgoing message) post;

  /// Uploads the files of a message. Null if that worked, otherwise why not.
  final Future<Refusal?> Function(Outgoing message) upload;

  /// The messages whose files are being uploaded, by `clientId`.
  final _uploading = <String>{};

  /// The `clientId` of the message on its way.
  String? _current;

  /// How often that message was refused, and how often of these by a fault of the backend.
  int _refusals = 0;
  int _faults = 0;

  /// The end of the wait that a refusal caused.
  DateTime get notBefore => _notBefore;
  DateTime _notBefore = DateTime.fromMillisecondsSinceEpoch(0);
  Timer? _timer;
  bool _stopped = false;
  Refusal? _endedBy;

  void stop() {
    _stopped = true;
    _timer?.cancel();
    _outbox.removeListener(_transmitIfIdle);
  }

  /// The chat has ended with this code: all messages fail at once.
  void end(String code) {
    _endedBy = Refusal(code);
    transmit();
  }

  /// The chat is live, perhaps after it had ended.
  void resume() {
    _endedBy = null;
    transmit();
  }

  /// These messages are in the chat, or the user has deleted them.
  void remove(List<String> clientIds) {
    clientIds.forEach(_outbox.remove);
    if (clientIds.contains(_current)) transmit();
  }

  /// The backend refused a message. The answer to an earlier try of a message that is settled changes nothing.
  void refused(String clientId, Refusal refusal) {
    if (clientId != _current) return;
    if (refusal.code == 'file_refused' && _outbox.uploadAnew(clientId)) return transmit();
    if (refusal.code == 'internal') _faults++;
    final isFault = refusal.code == 'internal' && _faults < _maxFaults;
    if (isFault || _passing.contains(refusal.code)) {
      _postpone(clientId, refusal);
    } else {
      _fail(clientId, refusal);
    }
  }

  /// API Gateway did not handle a frame. If it was another one than the message, repeating the message does no harm.
  void unhandled() {
    final current = _current;
    if (current != null) _postpone(current, const Refusal('unavailable'));
  }

  /// The chat is not live any more. If it had ended, that is over: messages wait again.
  void disconnected() {
    _endedBy = null;
    final current = _current;
    if (current != null) _outbox.mark(current, sending: false);
  }

  /// Sends the next message, or waits for its time. Sending it twice is safe: the backend stores each `clientId` once.
  void transmit() {
    _timer?.cancel();
    final next = _outbox.next;
    if (next?.clientId != _current) {
      _refusals = 0;
      _faults = 0;
    }
    _current = next?.clientId;
    if (next == null || _stopped) return;
    final wait = _notBefore.difference(DateTime.now());
    final refusal = _endedBy ?? _refusalOf(next);
    if (refusal != null) {
      _fail(next.clientId, refusal);
    } else if (wait > Duration.zero) {
      _transmitAfter(wait);
    } else if (next.isUploaded) {
      _post(next);
    } else {
      unawaited(_upload(next));
    }
  }

  /// Those behind it wait meanwhile, so that all keep their order.
  Future<void> _upload(Outgoing message) async {
    final clientId = message.clientId;
    if (!_uploading.add(clientId)) return;
    _outbox.mark(clientId, sending: true);
    final refusal = await upload(message);
    _uploading.remove(clientId);
    if (_stopped || clientId != _current) return;
    if (refusal == null) {
      transmit();
    } else {
      refused(clientId, refusal);
    }
  }

  /// Why a message is not worth sending.
  static Refusal? _refusalOf(Outgoing message) {
    if (isTooLong(message.content)) return _tooLong;
    return message.isTooOld ? const Refusal('no_answer') : null;
  }

  void _post(Outgoing message) {
    _outbox.mark(message.clientId, sending: post(message));
    _transmitAfter(Times.answer);
  }

  void _postpone(String clientId, Refusal refusal) {
    _outbox.mark(clientId, sending: false);
    final end = DateTime.now().add(refusal.retryAfter ?? Times.jittered(Times.repeat, _refusals++));
    if (end.isAfter(_notBefore)) _notBefore = end;
    _transmitAfter(_notBefore.difference(DateTime.now()));
  }

  void _transmitAfter(Duration wait) {
    _timer?.cancel();
    _timer = Timer(wait, transmit);
  }

  void _fail(String clientId, Refusal refusal) {
    _outbox.fail(clientId, refusal);
    transmit();
  }

  /// A message that was sent and is not stored yet goes first.
  void _transmitIfIdle() {
    if (_current == null) transmit();
  }
}
