import 'dart:async';

import '../app_config.dart';
import '../rest/api_problem.dart';
import '../rest/chat_api.dart';
import '../rest/json.dart';
import '../rest/models.dart';
import 'chat_socket.dart';
import 'frames.dart';
import 'reader.dart';
import 'syncs.dart';
import 'times.dart';

/// What the connection is doing. It has `ended` if the user was signed out, removed from the chat, or blocked.
enum RealtimeState { connecting, catchingUp, live, waiting, ended }

/// Keeps a chat connected, in steps: read the missed messages over REST, which also fails if the chat is no longer the
/// user's; open a socket; send `sync`; be live. If a step fails, it waits and starts over.
class Connection {
  Connection(this._api, this._chatId, this._reader, {required this.load, required this.onFrame, required this.onState});

  final ChatApi _api;
  final String _chatId;
  final Reader _reader;

  /// Reads the missed messages into the reader.
  final Future<void> Function() load;
  final void Function(Frame frame) onFrame;
  final void Function() onState;

  RealtimeState state = RealtimeState.connecting;

  /// When the next attempt starts, while the state is `waiting`.
  DateTime? waitsUntil;

  /// The code of the problem, once the state is `ended`.
  String? endedBy;

  late final syncs = Syncs(
    _reader,
    isLive: () => isLive,
    ask: (frame) => _socket?.ask(frame),
    onSynced: () {
      if (!isLive) _live();
    },
    onFailed: () {
      if (!isLive) _connectLater();
    },
    // Soon and not at once: a backend that says so each time must not be asked without end.
    onReset: _connectLater,
  );
  ChatSocket? _socket;
  bool _stopped = false;
  int _failures = 0;
  Timer? _retryTimer;

  bool get isLive => state == RealtimeState.live;

  void stop() {
    _stopped = true;
    _disconnect();
  }

  /// The network or the user is back: connects at once, or checks that the connection is still alive.
  void wake() {
    if (_stopped) return;
    if (state == RealtimeState.waiting) {
      unawaited(connect());
    } else if (isLive) {
      _socket?.ping();
    }
  }

  /// The network has gone: connects anew, which may succeed, because a phone may have another network.
  void lost() {
    if (_socket != null) _connectLater();
  }

  /// Sends a frame. False unless the chat is live.
  bool post(Json frame) {
    final socket = _socket;
    if (!isLive || socket == null) return false;
    socket.ask(frame);
    return true;
  }

  /// Connects from the start, whatever the state is.
  Future<void> connect() async {
    _disconnect();
    _tell(RealtimeState.connecting);
    try {
      await load();
      if (_stopped) return;
      // URLs end up in logs, and a failed handshake has no reason: a ticket avoids both.
      final CreateTicketResponse(:ticket) = await _api.createTicket(chatId: _chatId);
      if (!_stopped) _open(ticket);
    } on Object catch (error) {
      if (!_stopped) _failed(error);
    }
  }

  void _failed(Object error) {
    final refused = error is ApiProblem ? error : null;
    if (refused == null || !refused.isFinal) return _connectLater(refused?.retryAfter);
    endedBy = refused.code;
    _tell(RealtimeState.ended);
  }

  void _open(String ticket) {
    _socket = ChatSocket(
      AppConfig.socketUrl(_chatId, 'ticket=$ticket&events=1'),
      onOpen: () {
        _tell(RealtimeState.catchingUp);
        syncs.request();
      },
      onData: (data) => _receive(readFrame(data)),
      onDead: _connectLater,
    );
  }

  void _receive(Frame? frame) {
    // While it catches up, only `synced` is the answer, but each frame shows that the answer is on its way.
    if (isLive || frame is SyncedFrame) {
      _socket?.answered();
    } else {
      _socket?.expectAnswer();
    }
    switch (frame) {
      case final SyncedFrame synced:
        syncs.synced(synced);
      case ErrorFrame(clientId: null):
        syncs.failed();
      // Nothing but the `sync` was sent while it catches up. Once live, this may be about another frame.
      case ErrorFrame() || UnhandledFrame() when !isLive:
        syncs.failed();
      case final Frame other:
        onFrame(other);
      case null:
        break;
    }
  }

  void _live() {
    _failures = 0;
    _tell(RealtimeState.live);
  }

  void _connectLater([Duration? retryAfter]) {
    _disconnect();
    final wait = retryAfter ?? Times.jittered(Times.backOff, _failures++);
    _retryTimer = Timer(wait, () => unawaited(connect()));
    waitsUntil = DateTime.now().add(wait);
    _tell(RealtimeState.waiting);
  }

  void _disconnect() {
    _socket?.close();
    _socket = null;
    _retryTimer?.cancel();
    syncs.stop();
  }

  void _tell(RealtimeState now) {
    state = now;
    onState();
  }
}
