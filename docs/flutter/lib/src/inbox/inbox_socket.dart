import 'dart:async';
import 'dart:convert';

import 'package:web_socket_channel/status.dart' as status;
import 'package:web_socket_channel/web_socket_channel.dart';

import '../rest/json.dart';
import '../times.dart';

/// One WebSocket that notices when its connection is dead. It calls nothing after `close`.
class InboxSocket {
  InboxSocket(Uri url, {required this.onOpen, required this.onData, required this.onDead})
    : _channel = WebSocketChannel.connect(url) {
    _channel.stream.listen(
      (data) {
        if (!_closed) onData(data);
      },
      onError: (Object _) => _die(),
      onDone: () => _die(byBackend: _closeCodes.contains(_channel.closeCode)),
    );
    unawaited(
      _channel.ready.then<void>((_) {
        if (_closed) return;
        answered();
        onOpen();
      }, onError: (Object _) => _die()),
    );
    _pings = Timer.periodic(Times.ping, (_) => ping());
    _expectAnswer();
  }

  /// How the backend closes a connection. A lost one has other codes, or none.
  static const _closeCodes = {status.normalClosure, status.goingAway};

  final void Function() onOpen;
  final void Function(Object? data) onData;

  /// The backend has closed the connection, or it is lost, or it was silent for too long.
  final void Function({required bool byBackend}) onDead;

  final WebSocketChannel _channel;
  late final Timer _pings;
  Timer? _answerTimer;
  bool _closed = false;

  /// Sends a frame that is not answered.
  void tell(Json frame) {
    if (!_closed) _channel.sink.add(jsonEncode(frame));
  }

  /// Sends a frame that must be answered soon.
  void ask(Json frame) {
    if (_closed) return;
    tell(frame);
    _expectAnswer();
  }

  void ping() => ask({'type': 'ping'});

  /// Something has arrived.
  void answered() => _answerTimer?.cancel();

  void close() {
    _closed = true;
    _answerTimer?.cancel();
    _pings.cancel();
    _channel.sink.close().ignore();
  }

  /// Without an answer in time the connection counts as dead, even if the socket is still open.
  void _expectAnswer() {
    _answerTimer?.cancel();
    _answerTimer = Timer(Times.answer, _die);
  }

  void _die({bool byBackend = false}) {
    if (_closed) return;
    close();
    onDead(byBackend: byBackend);
  }
}
