import 'dart:async';
import 'dart:convert';

import 'package:web_socket_channel/web_socket_channel.dart';

import 'models.dart';
import 'times.dart';

/// One WebSocket, with an eye on whether it is still alive. After [close] nothing is heard from it any more.
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
    _pings = Timer.periodic(Times.ping, (_) => ping());
    expectAnswer();
    unawaited(_open());
  }

  final void Function() onOpen;
  final void Function(Object? data) onData;

  /// It was closed, or is silent for too long: nothing more comes.
  final void Function() onDead;
  final WebSocketChannel _channel;
  late final Timer _pings;
  Timer? _answerTimer;
  bool _isOpen = false;
  bool _closed = false;

  Future<void> _open() async {
    try {
      await _channel.ready;
    } on Object {
      _die();
      return;
    }
    _isOpen = true;
    if (!_closed) onOpen();
  }

  /// Sends a frame, each of which is answered soon.
  void ask(Json frame) {
    if (_isOpen && !_closed) _channel.sink.add(jsonEncode(frame));
    expectAnswer();
  }

  void ping() => ask({'type': 'ping'});

  /// Without any answer until then the connection is dead, whatever it says of itself.
  void expectAnswer() {
    _answerTimer?.cancel();
    _answerTimer = Timer(Times.answer, _die);
  }

  void answered() => _answerTimer?.cancel();

  void close() {
    _closed = true;
    _answerTimer?.cancel();
    _pings.cancel();
    unawaited(_channel.sink.close().catchError((Object _) => null));
  }

  void _die() {
    if (_closed) return;
    close();
    onDead();
  }
}
