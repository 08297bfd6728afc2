import 'dart:async';
import 'dart:convert';
import 'dart:math';

import 'package:flutter/foundation.dart';
import 'package:web_socket_channel/web_socket_channel.dart';

import 'api_problem.dart';
import 'app_config.dart';
import 'chat_api.dart';
import 'models.dart';
import 'outbox.dart';
import 'reader.dart';

/// What the connection is doing. `ended` is by a problem that only the user can do something about: signed out, removed,
/// blocked.
enum RealtimeState { connecting, catchingUp, live, waiting, ended }

/// One chat: whatever the network does, the list of messages is complete, in order and without doubles, and what was sent
/// is stored once. A port of `infra/local/playground/realtime.ts`, with its names, to be read beside it.
///
/// The rounds that it goes: ask over REST what was missed, which also says whether the chat is still ours; open a socket;
/// `sync`; live; and from wherever it breaks off, wait and begin again. Listeners are told of every change.
class ChatRealtime extends ChangeNotifier {
  ChatRealtime(this._api, {required this.chatId, required this.userId});

  /// The wait before a new try is a random part of `first`, twice that, ... `most`: not all clients at once.
  static const _backOff = (first: Duration(seconds: 1), most: Duration(seconds: 30));

  /// Before asking for what is missing: `first`, then twice as long each time. A hole is filled after a minute at most.
  static const _askAgain = (first: Duration(seconds: 1), most: Duration(seconds: 60));

  /// API Gateway closes what is idle for ten minutes.
  static const _pingEvery = Duration(minutes: 5);

  /// A handshake, a ping or a message without an answer for so long: the connection is dead, or nearly.
  static const _answer = Duration(seconds: 10);

  /// A message that wasn't stored for so long has failed: the user decides about another try.
  static const _patience = Duration(seconds: 30);

  /// Refusals of a message that pass by themselves: it is sent again after a while.
  static const _passing = {'too_many_requests', 'unavailable', 'internal'};

  final ChatApi _api;
  final String chatId;
  final String userId;
  final reader = Reader();
  final outbox = Outbox();

  /// Up to which number each of the others has read.
  final reads = <String, int>{};

  /// Answers that the assistant is still writing, by the id that they will have as messages.
  final drafts = <String, String>{};

  RealtimeState state = RealtimeState.connecting;

  /// While `waiting`: until when.
  DateTime? waitsUntil;

  /// When `ended`: why.
  String? endedBy;

  WebSocketChannel? _channel;

  /// Whether the newest page was read: later only what came after the cursor is asked for.
  bool _begun = false;
  bool _stopped = false;
  int _failures = 0;
  int _waits = 0;
  Timer? _retryTimer;
  Timer? _gapTimer;
  Timer? _pingTimer;
  Timer? _answerTimer;
  Timer? _outboxTimer;
  Timer? _draftTimer;

  void start() => unawaited(_connect());

  @override
  void dispose() {
    _stopped = true;
    _disconnect();
    _outboxTimer?.cancel();
    _draftTimer?.cancel();
    super.dispose();
  }

  /// The network or the user is back: does not wait any longer, and finds out whether a connection has died meanwhile.
  void wake() {
    if (state == RealtimeState.waiting) {
      unawaited(_connect());
    } else if (state == RealtimeState.live) {
      _ping();
    }
  }

  void send(String content) {
    outbox.add(content);
    _transmit();
    notifyListeners();
  }

  void retry(String clientId) {
    outbox.retry(clientId);
    _transmit();
    notifyListeners();
  }

  /// Reads a page further back. False when there is nothing before.
  Future<bool> loadOlder() async {
    final oldest = reader.messages.firstOrNull;
    if (oldest == null || oldest.seq == 1) return false;
    final messages = await _api.listMessages(chatId, before: oldest.seq);
    _take(messages);
    return messages.length == ChatApi.pageSize;
  }

  /// One round. It may be called at any time: what was before is over.
  Future<void> _connect() async {
    _disconnect();
    _tell(RealtimeState.connecting);
    try {
      await _catchUp();
      // A ticket, because URLs end up in logs, and because REST says why it refuses where a handshake only fails.
      final ticket = await _api.createTicket(chatId);
      if (!_stopped) await _open(ticket);
    } on ApiProblem catch (problem) {
      if (_stopped) return;
      if (problem.isFinal) {
        endedBy = problem.code;
        _tell(RealtimeState.ended);
      } else {
        _connectLater(problem.retryAfter);
      }
    } on Exception {
      if (!_stopped) _connectLater();
    }
  }

  /// Reads over REST what isn't there yet: at first the newest page, later everything after the cursor.
  Future<void> _catchUp() async {
    if (!_begun) {
      final messages = await _api.listMessages(chatId);
      // What is before this page is history that wasn't asked for, not missing.
      if (messages.isNotEmpty) reader.synced(messages.first.seq - 1);
      _begun = true;
      _take(messages);
      return;
    }
    for (var after = reader.cursor;;) {
      final messages = await _api.listMessages(chatId, after: after);
      _take(messages);
      if (messages.length < ChatApi.pageSize) return;
      after = messages.last.seq;
    }
  }

  Future<void> _open(String ticket) async {
    final channel = WebSocketChannel.connect(
      Uri.parse('${AppConfig.wsBaseUrl}/ws/chat/$chatId?ticket=$ticket&events=1'),
    );
    _channel = channel;
    _expectAnswer();
    // Of a socket that was given up nothing is heard any more.
    void heard(void Function() handle) {
      if (identical(channel, _channel)) handle();
    }

    channel.stream.listen(
      (data) => heard(() => _receive(jsonDecode(data as String) as Json)),
      onError: (Object _) => heard(_connectLater),
      onDone: () => heard(_connectLater),
    );
    try {
      await channel.ready;
    } on Object {
      heard(_connectLater);
      return;
    }
    heard(() {
      _tell(RealtimeState.catchingUp);
      _sync();
    });
  }

  void _receive(Json frame) {
    final type = frame['type'];
    // While it catches up, only `synced` is the answer; but each frame shows that it is still on its way.
    if (state == RealtimeState.live || type == 'synced') {
      _answerTimer?.cancel();
    } else {
      _expectAnswer();
    }
    switch (type) {
      case 'synced':
        _synced(frame['seq'] as int, more: frame['more'] == true);
      case 'read':
        reads[frame['userId'] as String] = frame['seq'] as int;
        notifyListeners();
      case 'ai.delta':
        _drafted(frame['messageId'] as String, frame['delta'] as String);
      case 'error':
        _refused(frame['code'] as String, frame['clientId'] as String?);
      case _ when frame['seq'] is int && frame['content'] is String:
        _take([Message.fromJson(frame)]);
    }
  }

  void _drafted(String messageId, String delta) {
    drafts.update(messageId, (text) => '$text$delta', ifAbsent: () => delta);
    // An answer that does not grow for so long is not written any more: the assistant has failed.
    _draftTimer?.cancel();
    _draftTimer = Timer(_patience, () {
      drafts.clear();
      notifyListeners();
    });
    notifyListeners();
  }

  /// Messages, from wherever: each is shown once, by its number.
  void _take(List<Message> messages) {
    if (_stopped) return;
    final sending = outbox.next;
    for (final message in messages) {
      reader.receive(message);
      drafts.remove(message.id);
      if (message.userId == userId && message.clientId != null) outbox.stored(message.clientId!);
    }
    if (sending != null && outbox.next != sending) _transmit();
    _lookForGap();
    notifyListeners();
  }

  /// A number is missing: its message may be a moment late, so it is asked for after a moment, then ever more rarely.
  void _lookForGap() {
    if (!reader.behind) {
      _gapTimer?.cancel();
      _gapTimer = null;
      _waits = 0;
    } else if (state == RealtimeState.live && _gapTimer == null) {
      _gapTimer = Timer(_longer(_askAgain, _waits++), () {
        _gapTimer = null;
        _sync();
      });
    }
  }

  void _sync() {
    _channel?.sink.add(jsonEncode({'type': 'sync', 'after': reader.cursor}));
    _expectAnswer();
  }

  void _synced(int seq, {required bool more}) {
    reader.synced(seq);
    if (more) {
      _sync();
    } else if (state != RealtimeState.live) {
      _live();
    }
    _lookForGap();
  }

  void _live() {
    _failures = 0;
    _tell(RealtimeState.live);
    _transmit();
    _pingTimer = Timer.periodic(_pingEvery, (_) => _ping());
  }

  void _ping() {
    _channel?.sink.add('{"type":"ping"}');
    _expectAnswer();
  }

  /// Sends the next message of the outbox, again if it was sent before: the same clientId makes no double.
  void _transmit() {
    _outboxTimer?.cancel();
    final next = outbox.next;
    if (next == null || _stopped) return;
    if (state == RealtimeState.live) {
      _channel?.sink.add(jsonEncode({'type': 'message', 'content': next.content, 'clientId': next.clientId}));
    }
    _outboxTimer = Timer(_answer, () {
      if (DateTime.now().difference(next.since) >= _patience) {
        _refused('no_answer', next.clientId);
      } else {
        _transmit();
      }
    });
  }

  void _refused(String code, String? clientId) {
    // Of a `sync`: while live it is asked again by the clock.
    if (clientId == null && state == RealtimeState.catchingUp) _connectLater();
    if (clientId == null || _passing.contains(code)) return;
    outbox.fail(clientId, code);
    _transmit();
    notifyListeners();
  }

  /// No frame until then: the connection is dead, whatever it says of itself.
  void _expectAnswer() {
    _answerTimer?.cancel();
    _answerTimer = Timer(_answer, _connectLater);
  }

  void _connectLater([Duration? retryAfter]) {
    _disconnect();
    final wait = retryAfter ?? _longer(_backOff, _failures++) * Random().nextDouble();
    _retryTimer = Timer(wait, () => unawaited(_connect()));
    waitsUntil = DateTime.now().add(wait);
    _tell(RealtimeState.waiting);
  }

  void _disconnect() {
    final channel = _channel;
    _channel = null;
    unawaited(channel?.sink.close());
    for (final timer in [_retryTimer, _gapTimer, _pingTimer, _answerTimer]) {
      timer?.cancel();
    }
    _gapTimer = null;
    _waits = 0;
  }

  void _tell(RealtimeState now) {
    state = now;
    notifyListeners();
  }

  /// `first`, twice that, ... but not more than `most`.
  static Duration _longer(({Duration first, Duration most}) times, int tries) {
    final wait = times.first * (1 << min(tries, 10));
    return wait < times.most ? wait : times.most;
  }
}
