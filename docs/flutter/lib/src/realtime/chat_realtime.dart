import 'dart:async';

import 'package:flutter/foundation.dart';

import '../inbox/frames.dart';
import '../inbox/inbox.dart';
import '../rest/chat_api.dart';
import '../rest/models.dart';
import 'chat_link.dart';
import 'drafts.dart';
import 'message_draft.dart';
import 'outbox.dart';
import 'pages.dart';
import 'read_marks.dart';
import 'reader.dart';
import 'sender.dart';
import 'unsent.dart';

/// One open chat. On any network, its list of messages is complete, in order and without duplicates, and the sent
/// messages are stored once each and in the order in which the user sent them. A port of
/// `infra/local/playground/client/realtime/realtime.ts`. Listeners hear of every change.
class ChatRealtime extends ChangeNotifier {
  ChatRealtime(this._api, this._inbox, this._unsent, {required this.chatId});

  final ChatApi _api;
  final Inbox _inbox;
  final Unsent _unsent;
  final String chatId;

  /// My messages that are not in the chat yet. What is left when the chat is closed goes out all the same.
  late final outbox = _unsent.outboxOf(chatId);
  final reader = Reader();

  /// The number up to which each participant has read, as far as it is known.
  final reads = <String, int>{};

  /// Answers that the assistant is still writing, by the ids that they will have as messages.
  Map<String, String> get drafts => _drafts.texts;

  String get userId => _unsent.userId;

  bool get _isSignedIn => _api.session.user?.id == userId;

  RealtimeState get state => _link.state;

  /// When the next attempt starts, while the state is `waiting`.
  DateTime? get waitsUntil => _link.waitsUntil;

  /// The code of the problem, while the state is `ended`. A user who is added again is back in the chat.
  String? get endedBy => _link.endedBy;

  /// Until then the backend refuses messages, for example in slow mode. The next one goes out at this time.
  DateTime get sendsAfter => _sender.notBefore;

  late final _drafts = Drafts(_changed);
  late final _pages = Pages(_api, chatId, reader, onMessages: _arrived);
  late final _sender = Sender(outbox, post: _post, upload: (message) => _unsent.uploads.complete(message, outbox));
  late final _readMarks = ReadMarks(_markRead);
  late final _link = ChatLink(_inbox, chatId, reader, load: _pages.missed, onFrame: _receive, onState: _follow);
  bool _stopped = false;

  void start() {
    _unsent.opened(chatId);
    outbox.addListener(_changed);
    _link.start();
    _sender.transmit();
  }

  @override
  void dispose() {
    _stopped = true;
    _link.stop();
    _pages.stop();
    _sender.stop();
    outbox.removeListener(_changed);
    _unsent.closed(chatId);
    _drafts.stop();
    unawaited(_readMarks.flush());
    super.dispose();
  }

  /// The user leaves the chat, or the app goes to the background, where it may be ended at any time. Completes when the
  /// backend has the last read mark, or did not answer.
  Future<void> sleep() => _readMarks.flush();

  /// Sends it and drops the draft.
  void send(MessageDraft draft) {
    outbox.add(Outgoing(draft));
    _unsent.keepDraft(chatId, const MessageDraft(''));
  }

  void retry(String clientId) => outbox.retry(clientId);

  /// Gives up a message that was not sent.
  void delete(String clientId) => _sender.remove([clientId]);

  /// Reads the page before the oldest message. A scroll listener may call this as often as it likes: one request runs
  /// at a time, and none once the first message is there. If it fails, the next call tries again.
  Future<void> loadOlder() => _pages.older();

  /// Reads the messages around a number, for a jump. They do not join the list, which has no gaps: show their
  /// `reader.stateOf`, which follows changes.
  Future<List<Message>> around(int seq) => _pages.around(seq);

  /// Reads the pinned messages for `reader.pinned`, which follows changes. Call this whenever the chat becomes live.
  Future<void> loadPins() => _pages.pinned();

  /// Takes the answer to a request that changed a message, such as `ChatApi.editMessage`: the list shows it at once.
  void update(Message message) {
    reader.changed(message);
    _arrived([message]);
  }

  /// A participant has read up to a number. It never moves back.
  void read(String userId, int seq) {
    if (userId == this.userId) _readMarks.learn(seq);
    if (seq <= (reads[userId] ?? 0)) return;
    reads[userId] = seq;
    _changed();
  }

  /// The user has seen the messages up to this one. Their own need no mark, except the first: the user may have marked
  /// the chat as unread from one of them on.
  void markRead(int seq) {
    final seen = reader.messages.where((message) => message.seq <= seq);
    final newest = _readMarks.hasRead ? seen.where((message) => message.userId != userId).lastOrNull : seen.lastOrNull;
    if (newest != null) _readMarks.read(newest.seq);
  }

  Future<void> _markRead(int seq) async {
    // A mark that is sent late must not become that of somebody who has signed in since.
    if (_isSignedIn) await _api.markRead(chatId, seq: seq);
  }

  bool _post(Outgoing message) {
    // The message must not become that of somebody who has signed in since.
    if (!_isSignedIn) return false;
    final Outgoing(:clientId, :draft) = message;
    return _link.post({'type': 'message', 'chatId': chatId, ...draft.toFrame(), 'clientId': clientId});
  }

  void _follow() {
    switch (state) {
      case RealtimeState.live:
        _sender.resume();
      // If it is the session that has ended, the messages wait for the user's next login.
      case RealtimeState.ended when _isSignedIn:
        _sender.end(endedBy ?? 'internal');
      case _:
        _sender.disconnected();
    }
    _changed();
  }

  void _receive(Frame frame) {
    switch (frame) {
      case MessageFrame(:final message):
        reader.receive(message);
        _arrived([message]);
      case ChangedFrame(:final message, :final rev):
        if (rev != null) reader.changes.live(rev);
        update(message);
      case ReadFrame(:final userId, :final seq):
        read(userId, seq);
      case DeltaFrame(:final messageId, :final delta):
        // A delta may arrive after its message.
        if (!reader.has(messageId)) _drafts.add(messageId, delta);
      case ErrorFrame(:final refusal, :final clientId):
        if (clientId != null) _sender.refused(clientId, refusal);
      case UnhandledFrame():
        _sender.unhandled();
      case SyncedFrame() || TypingFrame() || ChatFrame() || ChatRemovedFrame():
        break;
    }
  }

  /// The reader has messages from REST or from the socket.
  void _arrived(List<Message> messages) {
    if (_stopped) return;
    for (final message in messages) {
      _drafts.written(message.id);
    }
    _sender.remove([
      for (final Message(:userId, :clientId) in messages)
        if (userId == this.userId && clientId != null) clientId,
    ]);
    _changed();
    _link.syncs.look();
  }

  void _changed() {
    if (!_stopped) notifyListeners();
  }
}
