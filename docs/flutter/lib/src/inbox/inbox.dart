import 'dart:async';

import 'package:flutter/foundation.dart';

import '../app_config.dart';
import '../rest/api_problem.dart';
import '../rest/chat_api.dart';
import '../rest/json.dart';
import '../rest/models.dart';
import '../times.dart';
import 'frames.dart';
import 'inbox_socket.dart';

/// What a connection, or a chat on it, is doing. It has `ended` if the user was signed out, removed from the chat, or
/// blocked.
enum RealtimeState { connecting, catchingUp, live, waiting, ended }

/// The user's one connection for all chats. It connects in steps: get a ticket; open a socket; ask for the numbers of
/// all chats, which say what was missed; be live. If a step fails, it starts over. Listeners hear of each state.
class Inbox extends ChangeNotifier {
  Inbox(this._api) : userId = _api.session.user!.id;

  final ChatApi _api;
  final String userId;

  final _frames = StreamController<Frame>.broadcast(sync: true);

  /// Every frame as it arrives.
  Stream<Frame> get frames => _frames.stream;

  /// The frames about a chat, and those that do not say which chat they are about.
  Stream<Frame> framesOf(String chatId) => frames.where((frame) => frame.chatId == null || frame.chatId == chatId);

  /// The numbers of the chats in the user's list when the connection became live, by chat.
  Map<String, UnreadChat> get heads => _heads;
  Map<String, UnreadChat> _heads = const {};

  RealtimeState get state => _state;
  RealtimeState _state = RealtimeState.connecting;
  bool get isLive => state == RealtimeState.live;

  /// When the next attempt starts, while the state is `waiting`. Null in the background.
  DateTime? get waitsUntil => _waitsUntil;
  DateTime? _waitsUntil;

  /// The code of the problem, once the state is `ended`.
  String? get endedBy => _endedBy;
  String? _endedBy;

  InboxSocket? _socket;
  DateTime? _openedAt;
  DateTime? _pausedAt;
  Timer? _pauseTimer;
  Timer? _retryTimer;
  Timer? _checkTimer;
  int _failures = 0;

  /// What is tried again after the wait.
  late Future<void> Function() _retry = _connect;

  /// Counts the attempts to connect: what an earlier one still waits for does not matter any more.
  int _attempt = 0;
  bool _disposed = false;

  void start() => unawaited(_connect());

  /// The session has ended.
  @override
  void dispose() {
    _disposed = true;
    _pauseTimer?.cancel();
    _disconnect();
    unawaited(_frames.close());
    super.dispose();
  }

  /// The app goes to the background, where the phone soon suspends it. The connection is closed a moment later.
  void pause() {
    _pausedAt = DateTime.now();
    _pauseTimer?.cancel();
    _pauseTimer = Timer(Times.pause, () {
      if (state == RealtimeState.ended) return;
      _disconnect();
      _tell(RealtimeState.waiting);
    });
  }

  /// The app or the network is back: connects at once, or checks that the connection is still alive.
  void resume() {
    final pausedAt = _pausedAt;
    _pausedAt = null;
    _pauseTimer?.cancel();
    if (_disposed || state == RealtimeState.ended) return;
    // A phone that suspends the app also stops its timers.
    final wasSuspended = pausedAt != null && DateTime.now().difference(pausedAt) > Times.pause;
    // Where the network has changed, the answer to the request for a ticket may never come.
    final hasNoTicket = state == RealtimeState.connecting && _socket == null;
    if (wasSuspended || hasNoTicket) {
      unawaited(_connect());
    } else if (state == RealtimeState.waiting) {
      unawaited(_retry());
    } else {
      _socket?.ping();
    }
  }

  /// The network has gone: connects anew, which may succeed, because a phone may have another network.
  void offline() {
    if (_socket != null) _connectLater();
  }

  /// Sends a frame that is answered. False unless the connection is live.
  bool ask(Json frame) => _send((socket) => socket.ask(frame));

  /// Sends a frame that is not answered. False unless the connection is live.
  bool tell(Json frame) => _send((socket) => socket.tell(frame));

  bool _send(void Function(InboxSocket socket) send) {
    final socket = _socket;
    if (!isLive || socket == null) return false;
    send(socket);
    return true;
  }

  /// Connects from the start, whatever the state is.
  Future<void> _connect() async {
    _disconnect();
    _tell(RealtimeState.connecting);
    // URLs end up in logs, and a failed handshake has no reason: a ticket avoids both.
    await _step(_api.createTicket, (answer) => _open(answer.ticket), retry: _connect);
  }

  void _open(String ticket) {
    _socket = InboxSocket(
      AppConfig.inboxUrl(ticket),
      onOpen: () => unawaited(_catchUp()),
      onData: (data) {
        _socket?.answered();
        final frame = readFrame(data);
        if (frame != null) _frames.add(frame);
      },
      onDead: _lost,
    );
  }

  /// What happens from now on comes as frames, so these numbers show all that was missed.
  Future<void> _catchUp() async {
    _openedAt ??= DateTime.now();
    _stopWaiting();
    _tell(RealtimeState.catchingUp);
    // Repeated without another handshake: when very many come back at once, it would keep others away.
    await _step(_api.listUnread, (answer) {
      _heads = {for (final chat in answer.chats) chat.chatId: chat};
      _tell(RealtimeState.live);
    }, retry: _catchUp);
  }

  /// Takes a step, unless the connection is lost meanwhile.
  Future<void> _step<T>(
    Future<T> Function() request,
    void Function(T answer) onAnswer, {
    required Future<void> Function() retry,
  }) async {
    final attempt = _attempt;
    final T answer;
    try {
      answer = await request();
    } on Object catch (error) {
      if (attempt == _attempt) _failed(error, retry);
      return;
    }
    if (attempt == _attempt) onAnswer(answer);
  }

  void _failed(Object error, Future<void> Function() retry) {
    final refused = error is ApiProblem ? error : null;
    if (refused == null || !refused.isFinal) return _later(retry, refused?.retryAfter);
    _disconnect();
    _endedBy = refused.code;
    _tell(RealtimeState.ended);
  }

  void _lost({required bool byBackend}) {
    final isCrowded = byBackend && _isYoungerThan(Times.crowded);
    _connectLater(isCrowded ? Times.crowded : null);
    if (!isCrowded) return;
    unawaited(_checkSession());
    _checkTimer = Timer(Times.sessionEnd, () => unawaited(_checkSession()));
  }

  /// The backend also closes the connections of a session that it is about to end, which a ticket shows then or a little
  /// later.
  Future<void> _checkSession() async {
    final attempt = _attempt;
    try {
      await _api.createTicket();
    } on ApiProblem catch (problem) {
      if (attempt == _attempt && problem.isFinal) _failed(problem, _connect);
    } on Object {
      // The wait goes on.
    }
  }

  bool _isYoungerThan(Duration age) {
    final openedAt = _openedAt;
    return openedAt != null && DateTime.now().difference(openedAt) < age;
  }

  void _connectLater([Duration? atLeast]) {
    if (_openedAt != null && !_isYoungerThan(Times.brief)) _failures = 0;
    _disconnect();
    _later(_connect, atLeast);
  }

  void _later(Future<void> Function() retry, [Duration? atLeast]) {
    final wait = Times.jittered(Times.backOff, _failures++) + (atLeast ?? Duration.zero);
    _retry = retry;
    _retryTimer = Timer(wait, () => unawaited(retry()));
    _waitsUntil = DateTime.now().add(wait);
    _tell(RealtimeState.waiting);
  }

  void _disconnect() {
    _attempt++;
    _socket?.close();
    _socket = null;
    _openedAt = null;
    _checkTimer?.cancel();
    _retry = _connect;
    _stopWaiting();
  }

  void _stopWaiting() {
    _waitsUntil = null;
    _retryTimer?.cancel();
  }

  void _tell(RealtimeState now) {
    _state = now;
    if (!_disposed) notifyListeners();
  }
}
