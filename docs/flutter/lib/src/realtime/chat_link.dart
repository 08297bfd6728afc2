import 'dart:async';

import '../inbox/frames.dart';
import '../inbox/inbox.dart';
import '../rest/api_problem.dart';
import '../rest/json.dart';
import '../rest/refusal.dart';
import '../times.dart';
import 'reader.dart';
import 'syncs.dart';

/// Keeps an open chat complete, in steps: read the missed messages over REST, which also fails if the chat is no longer
/// the user's; send `sync` on the inbox; be live. If a step fails, it waits and starts over. When the inbox comes back,
/// the chat is live at once unless something was missed.
class ChatLink {
  ChatLink(this._inbox, this._chatId, this._reader, {required this.load, required this.onFrame, required this.onState});

  final Inbox _inbox;
  final String _chatId;
  final Reader _reader;

  /// Reads the missed messages into the reader.
  final Future<void> Function() load;
  final void Function(Frame frame) onFrame;
  final void Function() onState;

  RealtimeState state = RealtimeState.connecting;

  /// When the next attempt starts, while the state is `waiting`.
  DateTime? get waitsUntil => _waitsUntil ?? _inbox.waitsUntil;
  DateTime? _waitsUntil;

  /// The code of the problem, while the state is `ended`.
  String? endedBy;

  late final syncs = Syncs(
    _chatId,
    _reader,
    isLive: () => isLive,
    ask: _inbox.ask,
    onSynced: () {
      if (!isLive) _live();
    },
    onFailed: (refusal) {
      if (!isLive) _syncFailed(refusal);
    },
    // Soon and not at once: a backend that says so each time must not be asked without end.
    onReset: _loadLater,
  );
  StreamSubscription<Frame>? _frames;

  /// Whether the missed messages are being read, and whether they have been since the chat was opened.
  bool _isLoading = false;
  bool _hasLoaded = false;

  /// Whether the chat has been live since: a frame that came before the newest page may be missing in both.
  bool _hasSynced = false;
  int _failures = 0;

  /// How many times in a row a `sync` had no answer, not even a refusal.
  int _unanswered = 0;
  Timer? _retryTimer;
  bool _stopped = false;

  bool get isLive => state == RealtimeState.live;

  /// Frames are heard first, so that no message falls between the newest page and them.
  void start() {
    _frames = _inbox.framesOf(_chatId).listen(_receive);
    _inbox.addListener(_follow);
    unawaited(_load());
  }

  void stop() {
    _stopped = true;
    _inbox.removeListener(_follow);
    _frames?.cancel().ignore();
    _retryTimer?.cancel();
    syncs.stop();
  }

  /// Sends a frame. False unless the chat is live.
  bool post(Json frame) => isLive && _inbox.ask(frame);

  Future<void> _load() async {
    if (_isLoading) return;
    _isLoading = true;
    _hasLoaded = false;
    _hasSynced = false;
    _retryTimer?.cancel();
    _waitsUntil = null;
    endedBy = null;
    syncs.stop();
    _tell(RealtimeState.connecting);
    Object? failure;
    try {
      await load();
    } on Object catch (error) {
      failure = error;
    }
    _isLoading = false;
    // It may have ended meanwhile.
    if (_stopped || state == RealtimeState.ended) return;
    if (failure != null) return _failed(failure);
    _hasLoaded = true;
    if (_inbox.isLive) {
      _catchUp();
    } else {
      _follow();
    }
  }

  void _failed(Object error) {
    final refused = error is ApiProblem ? error : null;
    if (refused == null || !refused.isFinal) return _loadLater(refused?.retryAfter);
    _end(refused.code);
  }

  void _loadLater([Duration? retryAfter]) {
    syncs.stop();
    _hasLoaded = false;
    final wait = retryAfter ?? Times.jittered(Times.backOff, _failures++);
    _retryTimer?.cancel();
    _retryTimer = Timer(wait, _retry);
    _waitsUntil = DateTime.now().add(wait);
    _tell(RealtimeState.waiting);
  }

  void _syncFailed(Refusal? refusal) {
    if (refusal == null) _unanswered++;
    _loadLater(refusal?.retryAfter);
  }

  /// When a second `sync` has no answer, it may be the connection that is broken, although other frames come.
  void _retry() {
    if (_unanswered < 2 || !_inbox.isLive) {
      unawaited(_load());
    } else {
      _unanswered = 0;
      _waitsUntil = null;
      _inbox.offline();
    }
  }

  void _catchUp() {
    _tell(RealtimeState.catchingUp);
    syncs.request();
  }

  void _live() {
    _failures = 0;
    _unanswered = 0;
    _hasSynced = true;
    _tell(RealtimeState.live);
  }

  void _end(String code) {
    _retryTimer?.cancel();
    syncs.stop();
    endedBy = code;
    _tell(RealtimeState.ended);
  }

  /// The inbox has another state.
  void _follow() {
    if (state == RealtimeState.ended) {
      // The user may have been added again, or a block may have ended, while the inbox was away.
      if (_inbox.isLive && _inbox.heads.containsKey(_chatId)) unawaited(_load());
      return;
    }
    switch (_inbox.state) {
      case RealtimeState.ended:
        _end(_inbox.endedBy ?? 'internal');
      case RealtimeState.live:
        _resume();
      case final other:
        syncs.stop();
        if (_hasLoaded) _tell(other);
    }
  }

  /// The inbox is live again: asks for what was missed, if anything was.
  void _resume() {
    if (!_hasLoaded) {
      // The network is back, so there is no reason to wait.
      unawaited(_load());
      return;
    }
    final head = _inbox.heads[_chatId];
    final changes = _reader.changes;
    // Not in the list any more, or another table: the newest page says what there is.
    if (head == null || head.epoch != changes.epoch) {
      unawaited(_load());
      return;
    }
    changes.hear(head.lastRev);
    if (!_hasSynced || head.lastSeq > _reader.cursor || changes.behind) {
      _catchUp();
    } else {
      _live();
    }
  }

  void _receive(Frame frame) {
    if (state == RealtimeState.ended) {
      // Perhaps the user was added again.
      if (frame is ChatFrame) unawaited(_load());
      return;
    }
    switch (frame) {
      case final SyncedFrame synced:
        syncs.synced(synced);
      case ErrorFrame(clientId: null, :final refusal)
          when const {'not_a_participant', 'blocked'}.contains(refusal.code):
        _end(refusal.code);
      case ErrorFrame(clientId: null, :final refusal):
        syncs.failed(refusal);
      // While the chat catches up, this is probably about the `sync`. Once live, it may be about a message.
      case UnhandledFrame() when !isLive:
        syncs.failed(const Refusal('unavailable'));
      // The backend says why, or that a direct chat is only gone from the list.
      case ChatRemovedFrame():
        unawaited(_load());
      case _:
        onFrame(frame);
    }
  }

  void _tell(RealtimeState now) {
    state = now;
    onState();
  }
}
