import 'dart:convert';

import '../files/local_file.dart';
import '../files/uploads.dart';
import '../rest/chat_api.dart';
import '../rest/json.dart';
import 'closed_chat.dart';
import 'message_draft.dart';
import 'outbox.dart';
import 'text_store.dart';

/// What one user has written and not sent yet, in all chats: messages and drafts. It survives a restart of the app.
/// Messages are sent by themselves as soon as the backend can be reached, those of each chat in their order, for a day
/// after they were written. A chat that is open sends its own.
class Unsent {
  Unsent._(this._api, TextStore store, this.userId, this.folder) : _stored = StoredText(store, 'chat_unsent_$userId');

  /// The one that was loaded last.
  static Unsent? _current;

  /// Restores what the user who is signed in left unsent, and begins to send it. Damaged content is dropped. The one
  /// that was loaded before is stopped. [folder] has the files of unsent messages; an app that sends no files needs none.
  static Future<Unsent> load(ChatApi api, TextStore store, {String folder = ''}) async {
    final previous = _current;
    final unsent = _current = Unsent._(api, store, api.session.user!.id, folder);
    // Two of the same user would overwrite each other's messages.
    previous?.stop();
    await previous?._stored.settled;
    await unsent._restore();
    return unsent;
  }

  final ChatApi _api;
  final StoredText _stored;
  final String userId;

  /// The path of the folder with the files of unsent messages and drafts, by their keys.
  final String folder;
  late final uploads = Uploads(_api, userId, folder);
  final _outboxes = <String, Outbox>{};
  final _drafts = <String, MessageDraft>{};
  final _closedChats = <String, ClosedChat>{};

  /// Whether the store could be read. Otherwise nobody knows which [files] are needed.
  bool get isReadable => _isReadable;
  bool _isReadable = false;
  bool _stopped = false;

  Outbox outboxOf(String chatId) => _outboxes.putIfAbsent(chatId, () => Outbox()..addListener(_save));

  /// How many messages are unsent, in all chats.
  int get messageCount => _outboxes.values.fold(0, (count, outbox) => count + outbox.all.length);

  /// All files that are still needed on the device. An app deletes the others in the folder, for example at the start.
  Iterable<LocalFile> get files => [
    for (final outbox in _outboxes.values) ...outbox.all.expand((outgoing) => outgoing.draft.files),
    for (final draft in _drafts.values) ...draft.files,
  ];

  /// What the user has typed in a chat and not sent.
  MessageDraft draftOf(String chatId) => _drafts[chatId] ?? const MessageDraft('');

  /// Call this on every change of the text box, and when the user begins or cancels a reply.
  void keepDraft(String chatId, MessageDraft draft) {
    if (draft.isEmpty) {
      _drafts.remove(chatId);
    } else {
      _drafts[chatId] = draft;
    }
    _save();
  }

  /// A chat that is open sends its messages over the inbox. `ChatRealtime` calls this.
  void opened(String chatId) => _closedChats.remove(chatId)?.stop();

  /// What is left in the chat's outbox goes out over REST. `ChatRealtime` calls this.
  void closed(String chatId) {
    if (_stopped) return;
    _closedChats.putIfAbsent(chatId, () => ClosedChat(_api, chatId, userId, outboxOf(chatId), uploads)..start());
  }

  /// The session has ended: everything stays stored for the same user's next login.
  void stop() {
    _stopped = true;
    for (final chat in _closedChats.values) {
      chat.stop();
    }
  }

  /// The user has logged out: nothing of theirs stays on the device.
  void forget() {
    stop();
    _stored.replace(null);
  }

  Future<void> _restore() async {
    final String? text;
    try {
      text = await _stored.read();
    } on Object {
      // Not readable now, but perhaps at the next start: what this one has unsent must not replace it.
      return;
    }
    _isReadable = true;
    if (text != null) _take(text);
    _outboxes.keys.toList().forEach(closed);
  }

  void _take(String text) {
    try {
      final json = jsonDecode(text) as Json;
      (json['messages'] as List<dynamic>).forEach(_restoreMessage);
      (json['drafts'] as Json).forEach((chatId, draft) {
        // An earlier version stored the text alone.
        _drafts[chatId] = draft is String ? MessageDraft(draft) : MessageDraft.fromJson(draft as Json);
      });
    } on Object {
      // Damaged: sending must go on without it.
    }
  }

  void _restoreMessage(dynamic item) {
    try {
      final json = item as Json;
      final outgoing = Outgoing.fromJson(json);
      outboxOf(json['chatId'] as String).restore(outgoing);
    } on Object {
      // Damaged: the others are still good.
    }
  }

  /// A write begins before the first attempt to send a message, which does not wait for it.
  void _save() {
    // The next login has restored everything into an object of its own.
    if (_stopped || !_isReadable) return;
    final messages = [
      for (final MapEntry(key: chatId, value: outbox) in _outboxes.entries)
        for (final outgoing in outbox.all) {'chatId': chatId, ...outgoing.toJson()},
    ];
    final isEmpty = messages.isEmpty && _drafts.isEmpty;
    _stored.replace(isEmpty ? null : jsonEncode({'messages': messages, 'drafts': _drafts}));
  }
}
