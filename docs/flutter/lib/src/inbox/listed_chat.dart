import 'dart:math';

import '../rest/models.dart';

/// A chat of the list: as it was loaded, with what has arrived since. `ChatList` keeps it up to date.
class ListedChat {
  ListedChat(this.chat)
    : _unread = chat.unreadCount,
      _mentions = chat.mentionCount,
      _isMarked = chat.markedUnread ?? false,
      _lastRev = chat.lastRev;

  /// The chat as it was loaded. Its numbers and its newest message may be older than those here.
  final Chat chat;

  /// The newest message, if it has arrived or changed since [chat] was loaded.
  Message? get newest => _newest;
  Message? _newest;

  /// What was unread when the chat was loaded, and is still.
  int _unread;
  int _mentions;
  bool _isMarked;

  /// The unread messages of others that have arrived since.
  final _arrived = <({int seq, bool mentionsMe})>[];

  /// The changes up to this number have been heard of.
  int _lastRev;

  String get id => chat.id;

  int get lastSeq => _newest?.seq ?? chat.lastSeq;

  DateTime get lastMessageAt => _newest?.createdAt ?? chat.lastMessageAt;

  /// Messages of others that the user has not read.
  int get unreadCount => _unread + _arrived.length;

  /// Those of them that mention the user.
  int get mentionCount => _mentions + _arrived.where((one) => one.mentionsMe).length;

  /// Whether the chat has unread messages, or the user has marked it as unread.
  bool get isUnread => unreadCount > 0 || _isMarked;

  bool get isPinned => chat.place?.pinned ?? false;
  bool get isArchived => chat.place?.archived ?? false;

  /// Whether nothing in the chat notifies the user now.
  bool get isMuted {
    final until = chat.notifications?.mutedUntil;
    return chat.notifications?.level == 'none' || (until != null && until.isAfter(DateTime.now()));
  }

  /// What the chat adds to the number on the app's icon.
  int get badge {
    if (isMuted) return 0;
    final count = chat.notifications?.level == 'mentions' ? mentionCount : unreadCount;
    return max(count, _isMarked ? 1 : 0);
  }

  /// Whether the chat is as the backend has it. If not, it must be loaded.
  bool agreesWith(UnreadChat head) =>
      head.epoch == chat.epoch &&
      head.lastSeq == lastSeq &&
      head.lastRev == _lastRev &&
      head.unreadCount == unreadCount &&
      head.mentionCount == mentionCount &&
      (head.markedUnread ?? false) == _isMarked &&
      head.notifications?.level == chat.notifications?.level &&
      head.notifications?.mutedUntil == chat.notifications?.mutedUntil &&
      (head.place?.pinned ?? false) == isPinned &&
      (head.place?.archived ?? false) == isArchived;

  /// Takes a message that has arrived. False if the chat must be loaded: a message before this one is missing, or this
  /// one says that the chat itself has changed, such as its name.
  bool receive(Message message, {required String userId}) {
    if (message.seq <= lastSeq) return true;
    final isNext = message.seq == lastSeq + 1;
    _newest = message;
    if (message.userId != userId) _arrived.add((seq: message.seq, mentionsMe: _mentionsMe(message, userId)));
    return isNext && (message.type != 'system' || message.metadata?.event == 'meeting');
  }

  /// Takes the newer state of a message. False if the chat must be loaded: the message itself has not arrived, or it
  /// may mention the user now, or no longer.
  bool change(Message message, {required int? rev, required String userId}) {
    if (rev == _lastRev + 1) _lastRev++;
    if (message.seq == lastSeq && _isNewer(message)) _newest = message;
    final isRewritten = message.editedAt != null || message.deletedAt != null;
    final mayMention = mentionCount > 0 || _mentionsMe(message, userId);
    return message.seq <= lastSeq && !(isRewritten && isUnread && mayMention);
  }

  /// The user has read up to a number. False if the chat must be loaded to know what is still unread.
  bool read(int seq) {
    _arrived.removeWhere((one) => one.seq <= seq);
    if (seq < chat.lastSeq) return _unread == 0 && !_isMarked;
    _unread = 0;
    _mentions = 0;
    _isMarked = false;
    return true;
  }

  bool _isNewer(Message message) {
    final known = _newest;
    return known == null || (known.deletedAt == null && (message.version ?? 0) > (known.version ?? 0));
  }

  static bool _mentionsMe(Message message, String userId) =>
      message.userId != userId && (message.everyone == true || message.mentions.contains(userId));
}
