import 'dart:async';

import 'package:flutter/foundation.dart';

import '../app_config.dart';
import '../rest/api_problem.dart';
import '../rest/chat_api.dart';
import '../rest/json.dart';
import '../rest/models.dart';
import 'chat_socket.dart';
import 'drafts.dart';
import 'frames.dart';
import 'gap.dart';
import 'outbox.dart';
import 'pages.dart';
import 'reader.dart';
import 'sender.dart';
import 'times.dart';

/// What the connection is doing. It has `ended` if the user was signed out, removed from the chat, or blocked.
enum RealtimeState { connecting, catchingUp, live, waiting, ended }

/// One open chat. On any network, its list of messages is complete, in order and without duplicates, and each sent
/// message is stored once. A port of `infra/local/playground/client/realtime.ts`, with the same names and files.
///
/// It connects in steps: read the missed messages over REST, which also fails if the chat is no longer the user's; open
/// a socket; send `sync`; be live. If a step fails, it waits and starts over. Listeners hear of every change.
class ChatRealtime extends ChangeNotifier {
  ChatRealtime(this._api, {required this.chatId, required this.userId, required this.outbox});

  final ChatApi _api;
  final String chatId;
  final String userId;

  /// Belongs to the app. Messages that are unsent when the chat is closed go out when it is opened again.
  final Outbox outbox;
  final reader = Reader();

  /// The number up to which each participant has read, as far as it is known.
  final reads = <String, int>{};

  /// Answers that the assistant is still writing, by the ids that they will have as messages.
  Map<String, String> get drafts => _drafts.texts;

  RealtimeState state = RealtimeState.connecting;

  /// When the next attempt starts, while the state is `waiting`.
  DateTime? waitsUntil;

  /// The code of the problem, once the state is `ended`.
  String? endedBy;

  late final _drafts = Drafts(_changed);
  late final _pages = Pages(_api, chatId, reader);
  late final _sender = Sender(outbox, post: _post, onChange: _changed);
  late final _gap = Gap(reader, _sync);
  ChatSocket? _socket;
  bool _stopped = false;
  int _failures = 0;
  Timer? _retryTimer;
  Timer? _syncTimer;

  void start() {
    unawaited(_connect());
    _sender.transmit();
  }

  @override
  void dispose() {
    _stopped = true;
    _disconnect();
    _pages.stop();
    _sender.stop();
    _drafts.stop();
    super.dispose();
  }

  /// The network or the user is back: connects at once, or checks that the connection is still alive.
  void wake() {
    if (_stopped) return;
    if (state == RealtimeState.waiting) {
      unawaited(_connect());
    } else if (state == RealtimeState.live) {
      _socket?.ping();
    }
  }

  void send(String content) => _sender.add(content);

  void retry(String clientId) => _sender.retry(clientId);

  /// Reads the page before the oldest message. False if nothing is before that page.
  Future<bool> loadOlder() async {
    final (:messages, :more) = await _pages.older();
    _take(messages);
    return more;
  }

  /// A participant has read up to a number. It never moves back.
  void read(String userId, int seq) {
    if (seq <= (reads[userId] ?? 0)) return;
    reads[userId] = seq;
    _changed();
  }

  /// Connects from the start, whatever the state is.
  Future<void> _connect() async {
    _disconnect();
    _tell(RealtimeState.connecting);
    try {
      await for (final messages in _pages.missed()) {
        _take(messages);
      }
      if (_stopped) return;
      // URLs end up in logs, and a failed handshake has no reason: a ticket avoids both.
      final CreateTicketResponse(:ticket) = await _api.createTicket(chatId: chatId);
      if (!_stopped) _open(ticket);
    } on Object catch (error) {
      if (!_stopped) _failed(error);
    }
  }

  void _failed(Object error) {
    final refused = error is ApiProblem ? error : null;
    if (refused != null && refused.isFinal) {
      _end(refused.code);
    } else {
      _connectLater(refused?.retryAfter);
    }
  }

  void _end(String code) {
    endedBy = code;
    _tell(RealtimeState.ended);
    _sender.end(code);
  }

  void _open(String ticket) {
    _socket = ChatSocket(
      AppConfig.socketUrl(chatId, 'ticket=$ticket&events=1'),
      onOpen: () {
        _tell(RealtimeState.catchingUp);
        _sync();
      },
      onData: _receive,
      onDead: _connectLater,
    );
  }

  void _receive(Object? data) {
    final frame = readFrame(data);
    // While it catches up, only `synced` is the answer, but each frame shows that the answer is on its way.
    if (state == RealtimeState.live || frame is SyncedFrame) {
      _socket?.answered();
    } else {
      _socket?.expectAnswer();
    }
    switch (frame) {
      case MessageFrame(:final message):
        _take([message]);
      case SyncedFrame(:final seq, :final more):
        _synced(seq, more: more);
      case ReadFrame(:final userId, :final seq):
        read(userId, seq);
      case DeltaFrame(:final messageId, :final delta):
        // A delta may arrive after its message.
        if (!reader.has(messageId)) _drafts.add(messageId, delta);
      case ErrorFrame(:final code, :final clientId):
        _refused(code, clientId);
      case UnhandledFrame():
        _unhandled();
      case null:
        break;
    }
  }

  /// Takes messages from REST or from the socket.
  void _take(List<Message> messages) {
    if (_stopped) return;
    for (final message in messages) {
      reader.receive(message);
      _drafts.written(message.id);
    }
    _sender.stored([
      for (final Message(:userId, :clientId) in messages)
        if (userId == this.userId && clientId != null) clientId,
    ]);
    _changed();
    if (state == RealtimeState.live) _gap.look();
  }

  void _sync() {
    _socket?.ask({'type': 'sync', 'after': reader.cursor});
    if (state == RealtimeState.live) return;
    // Other frames must not keep a connection waiting for a `synced` that was lost.
    _syncTimer?.cancel();
    _syncTimer = Timer(Times.sync, _connectLater);
  }

  void _synced(int seq, {required bool more}) {
    reader.synced(seq);
    if (more) {
      _sync();
    } else if (state != RealtimeState.live) {
      _live();
    }
    if (state == RealtimeState.live) _gap.look();
  }

  void _live() {
    _syncTimer?.cancel();
    _failures = 0;
    _tell(RealtimeState.live);
    _sender.connected();
  }

  bool _post(Json frame) {
    final socket = _socket;
    if (state != RealtimeState.live || socket == null) return false;
    socket.ask(frame);
    return true;
  }

  void _refused(String code, String? clientId) {
    if (clientId != null) {
      _sender.refused(clientId, code);
    } else if (state == RealtimeState.catchingUp) {
      // The backend refused the `sync`. Once live, the gap timer retries it.
      _connectLater();
    }
  }

  void _unhandled() {
    if (state == RealtimeState.live) {
      _sender.unhandled();
    } else {
      _connectLater();
    }
  }

  void _connectLater([Duration? retryAfter]) {
    _disconnect();
    final wait = retryAfter ?? Times.jittered(Times.backOff, _failures++);
    _retryTimer = Timer(wait, () => unawaited(_connect()));
    waitsUntil = DateTime.now().add(wait);
    _tell(RealtimeState.waiting);
  }

  void _disconnect() {
    _socket?.close();
    _socket = null;
    _retryTimer?.cancel();
    _syncTimer?.cancel();
    _gap.stop();
    _sender.disconnected();
  }

  void _tell(RealtimeState now) {
    state = now;
    _changed();
  }

  void _changed() {
    if (!_stopped) notifyListeners();
  }
}
