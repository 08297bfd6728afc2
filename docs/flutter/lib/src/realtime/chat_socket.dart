import 'dart:async';
import 'dart:convert';

import 'package:web_socket_channel/web_socket_channel.dart';

import '../rest/json.dart';
import 'times.dart';

/// One WebSocket that notices when its connection is dead. It calls nothing after `close`.
class ChatSocket {
  ChatSocket(Uri url, {required this.onOpen, required this.onData, required this.onDead})
    : _channel = WebSocketChannel.connect(url) {
    _channel.stream.listen(
      (data) {
        if (!_closed) onData(data);
      },
      onError: (Object _) => _die(),
      onDone: _die,
    );
    unawaited(
      _channel.ready.then<void>((_) {
        if (!_closed) onOpen();
      }, onError: (Object _) => _die()),
    );
    _pings = Timer.periodic(Times.ping, (_) => ping());
    expectAnswer();
  }

  final void Function() onOpen;
  final void Function(Object? data) onData;

  /// The connection was closed, or was silent for too long.
  final void Function() onDead;

  final WebSocketChannel _channel;
  late final Timer _pings;
  Timer? _answerTimer;
  bool _closed = false;

  /// Sends a frame that must be answered soon.
  void ask(Json frame) {
    if (_closed) return;
    _channel.sink.add(jsonEncode(frame));
    expectAnswer();
  }

  void ping() => ask({'type': 'ping'});

  /// Without an answer in time the connection counts as dead, even if the socket is still open.
  void expectAnswer() {
    _answerTimer?.cancel();
    _answerTimer = Timer(Times.answer, _die);
  }

  void answered() => _answerTimer?.cancel();

  void close() {
    _closed = true;
    _answerTimer?.cancel();
    _pings.cancel();
    _channel.sink.close().ignore();
  }

  void _die() {
    if (_closed) return;
    close();
    onDead();
  }
}
