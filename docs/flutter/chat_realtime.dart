import 'dart:async';
import 'dart:convert';
import 'dart:math';

import 'package:flutter/foundation.dart';

import 'api_problem.dart';
import 'app_config.dart';
import 'chat_api.dart';
import 'chat_socket.dart';
import 'drafts.dart';
import 'gap.dart';
import 'models.dart';
import 'outbox.dart';
import 'pages.dart';
import 'reader.dart';
import 'sender.dart';
import 'times.dart';

/// What the connection is doing. `ended` is by a problem that only the user can do something about: signed out, removed,
/// blocked.
enum RealtimeState { connecting, catchingUp, live, waiting, ended }

/// One chat: whatever the network does, the list of messages is complete, in order and without doubles, and what was sent
/// is stored once. A port of `infra/local/playground/realtime.ts`, with its names, to be read beside it.
///
/// The rounds that it goes: ask over REST what was missed, which also says whether the chat is still ours; open a socket;
/// `sync`; live; and from wherever it breaks off, wait and begin again. Listeners are told of every change.
class ChatRealtime extends ChangeNotifier {
  ChatRealtime(this._api, {required this.chatId, required this.userId, required this.outbox});

  final ChatApi _api;
  final String chatId;
  final String userId;

  /// It outlives this client: what is left in it when the chat is closed goes out when it is opened again.
  final Outbox outbox;
  final reader = Reader();

  /// Up to which number each participant has read, as far as it is known.
  final reads = <String, int>{};

  /// Answers that the assistant is still writing, by the ids that they will have as messages.
  Map<String, String> get drafts => _drafts.texts;

  RealtimeState state = RealtimeState.connecting;

  /// While `waiting`: until when.
  DateTime? waitsUntil;

  /// When `ended`: why.
  String? endedBy;

  late final _drafts = Drafts(notifyListeners);
  late final _pages = Pages(_api, chatId, reader);
  late final _gap = Gap(reader, _sync);
  late final _sender = Sender(
    outbox,
    post: (frame) {
      if (state == RealtimeState.live) _socket?.ask(frame);
    },
    onChange: notifyListeners,
  );
  ChatSocket? _socket;
  bool _stopped = false;
  int _failures = 0;
  Timer? _retryTimer;
  Timer? _syncTimer;

  /// Everything before was left behind: connects.
  void start() {
    unawaited(_connect());
    _sender.transmit();
  }

  @override
  void dispose() {
    _stopped = true;
    _disconnect();
    _sender.stop();
    _drafts.stop();
    super.dispose();
  }

  /// The network or the user is back: does not wait any longer, and finds out whether a connection has died meanwhile.
  void wake() {
    if (state == RealtimeState.waiting) {
      unawaited(_connect());
    } else if (state == RealtimeState.live) {
      _socket?.ping();
    }
  }

  void send(String content) => _sender.add(content);

  void retry(String clientId) => _sender.retry(clientId);

  /// Reads a page further back. False when there is nothing before.
  Future<bool> loadOlder() async {
    final (:messages, :more) = await _pages.older();
    _take(messages);
    return more;
  }

  /// Up to where somebody has read; it never moves back.
  void read(String userId, int seq) {
    if (seq <= (reads[userId] ?? 0)) return;
    reads[userId] = seq;
    notifyListeners();
  }

  /// One round. It may be called at any time: what was before is over.
  Future<void> _connect() async {
    _disconnect();
    _tell(RealtimeState.connecting);
    try {
      await for (final messages in _pages.missed()) {
        if (_stopped) return;
        _take(messages);
      }
      // A ticket, because URLs end up in logs, and because REST says why it refuses where a handshake only fails.
      final ticket = await _api.createTicket(chatId);
      if (!_stopped) _open(ticket);
    } on Object catch (error) {
      if (!_stopped) _failed(error);
    }
  }

  void _failed(Object error) {
    final refused = error is ApiProblem ? error : null;
    if (refused != null && refused.isOurs && const {401, 403, 404}.contains(refused.status)) {
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
      Uri.parse('${AppConfig.wsBaseUrl}/ws/chat/$chatId?ticket=$ticket&events=1'),
      onOpen: () {
        _tell(RealtimeState.catchingUp);
        _sync();
      },
      onData: _receive,
      onDead: _connectLater,
    );
  }

  void _receive(Object? data) {
    final frame = _fieldsOf(data);
    // While it catches up, only `synced` is the answer; but each frame shows that it is still on its way.
    if (state == RealtimeState.live || frame['type'] == 'synced') {
      _socket?.answered();
    } else {
      _socket?.expectAnswer();
    }
    switch (frame) {
      case {'type': 'synced', 'seq': final int seq}:
        _synced(seq, more: frame['more'] == true);
      case {'type': 'read', 'userId': final String participant, 'seq': final int seq}:
        read(participant, seq);
      case {'type': 'ai.delta', 'messageId': final String messageId, 'delta': final String delta}:
        _drafted(messageId, delta);
      case {'type': 'error', 'code': final String code}:
        final clientId = frame['clientId'];
        _refused(code, clientId is String ? clientId : null);
      // Whatever its type: there may be new ones, and each has a number and a content to show.
      case {'seq': int _, 'content': String _}:
        _take([Message.fromJson(frame)]);
      // Others are to be ignored: a later backend may send them, and API Gateway has some of its own, without a type.
    }
  }

  static Json _fieldsOf(Object? data) {
    try {
      final json = data is String ? jsonDecode(data) : null;
      return json is Json ? json : const {};
    } on FormatException {
      return const {};
    }
  }

  void _drafted(String messageId, String delta) {
    // A delta may come after its message: the answer is written.
    if (!reader.has(messageId)) _drafts.add(messageId, delta);
  }

  /// Messages, from wherever: each is shown once, by its number.
  void _take(List<Message> messages) {
    if (_stopped) return;
    for (final message in messages) {
      reader.receive(message);
      _drafts.written(message.id);
    }
    final mine = messages.where((message) => message.userId == userId);
    _sender.stored(mine.map((message) => message.clientId).nonNulls);
    notifyListeners();
    if (state == RealtimeState.live) _gap.look();
  }

  void _sync() {
    _socket?.ask({'type': 'sync', 'after': reader.cursor});
    if (state == RealtimeState.live) return;
    // Before it is live nothing is sent: it must not wait for an answer that was lost, however much else is heard.
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
    _sender.transmit();
  }

  void _refused(String code, String? clientId) {
    if (clientId != null) {
      _sender.refused(clientId, code);
    } else if (state == RealtimeState.catchingUp) {
      // That was the answer to a `sync`: while live it is asked again by the clock.
      _connectLater();
    }
  }

  void _connectLater([Duration? retryAfter]) {
    _disconnect();
    final wait = retryAfter ?? Times.longer(Times.backOff, _failures++) * Random().nextDouble();
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
  }

  void _tell(RealtimeState now) {
    state = now;
    notifyListeners();
  }
}
