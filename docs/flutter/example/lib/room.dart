import 'dart:async';

import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';
import 'composer.dart';

/// What the widgets of an open chat share. Listeners hear when the members, their roles or the rules have changed.
class Room extends ChangeNotifier {
  Room(this.chat, {required Chat summary})
    : isGroup = summary.type == 'group',
      otherId = summary.type == 'group' ? null : summary.participantIds.where((id) => id != chat.userId).firstOrNull,
      locked = summary.locked == true,
      onlyAdminsWrite = summary.posting == 'admins',
      slowModeSeconds = summary.slowModeSeconds ?? 0,
      _rightsSeq = summary.lastSeq {
    chat.addListener(_follow);
  }

  final ChatRealtime chat;
  final bool isGroup;

  /// The other person of a direct chat.
  final String? otherId;

  /// The operator has locked the chat: nobody may write.
  bool locked;
  bool onlyAdminsWrite;

  /// How long a member waits between two messages. 0 without slow mode.
  int slowModeSeconds;

  /// The newest message that may have changed what is known here.
  int _rightsSeq;
  bool _disposed = false;

  /// The members of a group, once they are loaded. A direct chat has no roles.
  List<Member> members = const [];

  /// What the user has deleted a moment ago.
  late final deletions = Deletions((messageId) => change(() => api.deleteMessage(chat.chatId, messageId)));

  final composer = GlobalKey<ComposerState>();

  String? get _myRole => members.where((member) => member.userId == chat.userId).firstOrNull?.role;
  bool get isAdmin => _myRole == 'owner' || _myRole == 'admin';

  /// The rules are for members, and until the roles are known the backend decides.
  bool get canWrite => !locked && (!onlyAdminsWrite || _myRole != 'member');
  bool get isSlow => slowModeSeconds > 0 && _myRole == 'member';

  bool get canPin => !isGroup || isAdmin;
  bool get canMentionAll => isGroup && (isAdmin || members.length <= 50);

  bool canEdit(Message message) =>
      message.userId == chat.userId && message.type == 'text' && message.deletedAt == null;

  bool canDelete(Message message) {
    if (message.type == 'system' || message.deletedAt != null) return false;
    return message.userId == chat.userId || message.metadata?.askedBy == chat.userId || isAdmin;
  }

  /// Null for somebody who is not a member.
  String? nameOf(String userId) => members.where((member) => member.userId == userId).firstOrNull?.name;

  Future<void> loadMembers() async {
    if (!isGroup) return;
    final found = <Member>[];
    String? cursor;
    do {
      final GetGroupResponse(:group, cursor: next) = await api.getGroup(chat.chatId, cursor: cursor);
      _rules(group.posting, group.slowModeSeconds, group.locked);
      found.addAll(group.members);
      cursor = next;
    } while (cursor != null);
    members = found;
    _changed();
  }

  /// Says who may write, or how often.
  Future<void> setRules({String? posting, int? slowModeSeconds}) => attempt(() async {
    final group = await api.renameGroup(chat.chatId, posting: posting, slowModeSeconds: slowModeSeconds);
    _rules(group.posting, group.slowModeSeconds, group.locked);
    _changed();
  });

  void _rules(String? posting, int? seconds, bool? isLocked) {
    locked = isLocked == true;
    onlyAdminsWrite = posting == 'admins';
    slowModeSeconds = seconds ?? 0;
  }

  /// A system message says that the rules or somebody's role have changed.
  void _follow() {
    final newest = chat.reader.messages.where(_changesRights).lastOrNull;
    if (newest == null || newest.seq <= _rightsSeq) return;
    _rightsSeq = newest.seq;
    final event = newest.metadata?.event;
    if (event == 'locked' || event == 'unlocked') {
      locked = event == 'locked';
      return _changed();
    }
    unawaited(attempt(loadMembers));
  }

  static bool _changesRights(Message message) {
    final event = message.metadata?.event;
    return event == 'posting_changed' || event == 'role_changed' || event == 'locked' || event == 'unlocked';
  }

  /// Sends a request that changes a message, and shows its answer at once. True if it succeeded.
  Future<bool> change(Future<Message> Function() request) => attempt(() async => chat.update(await request()));

  Future<void> pin(Message message) => change(
    () => message.pinned == true
        ? api.unpinMessage(chat.chatId, message.id)
        : api.pinMessage(chat.chatId, message.id),
  );

  /// Adds the user's reaction, or takes it back.
  Future<void> react(Message message, String emoji) {
    final isMine = message.reactions.any((one) => one.emoji == emoji && one.userIds.contains(chat.userId));
    return change(
      () => isMine
          ? api.removeReaction(chat.chatId, message.id, emoji)
          : api.addReaction(chat.chatId, message.id, emoji),
    );
  }

  void _changed() {
    if (!_disposed) notifyListeners();
  }

  @override
  void dispose() {
    _disposed = true;
    chat.removeListener(_follow);
    deletions.dispose();
    super.dispose();
  }
}
