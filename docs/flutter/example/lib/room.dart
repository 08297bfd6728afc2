import 'dart:async';

import 'package:flutter/material.dart';
import 'package:flutter_chat_core/flutter_chat_core.dart' as flyer;
import 'package:group_chat_client/group_chat_client.dart';
import 'package:group_chat_flutter_chat/group_chat_flutter_chat.dart';

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
  bool _wasLive = false;
  bool _disposed = false;
  int _memberLoads = 0;

  /// Whether the members could not be loaded.
  bool _lacksMembers = false;

  /// The members of a group, once they are loaded. A direct chat has no roles.
  List<Member> members = const [];

  /// What the user has deleted a moment ago.
  late final deletions = Deletions((messageId) => change(() => api.deleteMessage(chat.chatId, messageId)));

  final composer = GlobalKey<ComposerState>();

  /// The authors whom flutter_chat_ui has asked for.
  final users = flyer.UserCache();

  String? get _myRole => members.where((member) => member.userId == chat.userId).firstOrNull?.role;
  bool get isAdmin => _myRole == 'owner' || _myRole == 'admin';

  /// The rules are for members, and until the roles are known the backend decides.
  bool get canWrite => !locked && (!onlyAdminsWrite || _myRole != 'member');
  bool get isSlow => slowModeSeconds > 0 && _myRole == 'member';

  bool get canPin => !isGroup || isAdmin;
  bool get canMentionAll => isGroup && (isAdmin || members.length <= 50);

  bool canEdit(Message message) => message.userId == chat.userId && message.type == 'text' && message.deletedAt == null;

  bool canDelete(Message message) {
    if (message.type == 'system' || message.deletedAt != null) return false;
    return message.userId == chat.userId || message.metadata?.askedBy == chat.userId || isAdmin;
  }

  /// Null for somebody who is not a member.
  String? nameOf(String userId) => members.where((member) => member.userId == userId).firstOrNull?.name;

  /// The name and the avatar of an author: those of the member, or else the name that a message has.
  Future<flyer.User?> resolveUser(String userId) async {
    final member = members.where((one) => one.userId == userId).firstOrNull;
    if (member != null) return flyer.User(id: userId, name: member.name, imageSource: member.avatarUrl);
    final message = chat.reader.messages.where((one) => one.userId == userId).lastOrNull;
    return flyer.User(id: userId, name: message == null ? texts.somebody : texts.author(message));
  }

  /// What flutter_chat_ui shows of a message. In place of one that the user has just deleted, the app offers an "Undo".
  flyer.Message shown(Message message) => deletions.has(message.id)
      ? flyer.Message.custom(id: message.id, authorId: message.userId, createdAt: message.createdAt)
      : message.toFlutterChatMessage(texts: texts, quote: chat.reader.quoteOf(message), seen: _isSeen(message.seq));

  bool _isSeen(int seq) => chat.reads.entries.any((read) => read.key != chat.userId && read.value >= seq);

  Future<void> loadMembers() async {
    if (!isGroup) return;
    final load = ++_memberLoads;
    final found = <Member>[];
    String? cursor;
    try {
      do {
        final GetGroupResponse(:group, cursor: next) = await api.getGroup(chat.chatId, cursor: cursor);
        // A later load knows more.
        if (load != _memberLoads) return;
        _rules(group.posting, group.slowModeSeconds, group.locked);
        found.addAll(group.members);
        cursor = next;
      } while (cursor != null);
      _lacksMembers = false;
    } on Exception {
      _lacksMembers = true;
      rethrow;
    }
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

  void _follow() {
    _followState();
    _followRights();
  }

  /// Whenever the chat becomes live.
  void _followState() {
    final isLive = chat.state == RealtimeState.live;
    final becameLive = isLive && !_wasLive;
    _wasLive = isLive;
    if (!becameLive) return;
    if (_lacksMembers) unawaited(attempt(loadMembers));
    unawaited(attempt(chat.loadPins));
    unawaited(attempt(loadReads));
  }

  /// How far the others have read: the inbox does not report what has happened while the client was offline.
  Future<void> loadReads() async {
    String? cursor;
    do {
      final ListReadsResponse(:reads, cursor: next) = await api.listReads(chat.chatId, cursor: cursor);
      for (final mark in reads) {
        chat.read(mark.userId, mark.seq);
      }
      cursor = next;
    } while (cursor != null);
  }

  /// System messages say that the members, their roles or the rules have changed. Several may come at once.
  void _followRights() {
    final news = chat.reader.messages.where((message) => message.seq > _rightsSeq && _changesRights(message)).toList();
    if (news.isEmpty) return;
    _rightsSeq = news.last.seq;
    final locks = news.where(_isAboutLock);
    if (locks.isNotEmpty) {
      locked = locks.last.metadata?.event == 'locked';
      _changed();
    }
    if (locks.length < news.length) unawaited(attempt(loadMembers));
  }

  static const _lockEvents = ['locked', 'unlocked'];
  static const _memberEvents = ['posting_changed', 'role_changed', 'joined', 'added', 'left', 'removed'];

  static bool _isAboutLock(Message message) => _lockEvents.contains(message.metadata?.event);

  static bool _changesRights(Message message) =>
      _isAboutLock(message) || _memberEvents.contains(message.metadata?.event);

  /// Sends a request that changes a message, and shows its answer at once. True if it succeeded.
  Future<bool> change(Future<Message> Function() request) => attempt(() async => chat.update(await request()));

  Future<void> pin(Message message) => change(
    () => message.pinned == true ? api.unpinMessage(chat.chatId, message.id) : api.pinMessage(chat.chatId, message.id),
  );

  /// Adds the user's reaction, or takes it back.
  Future<void> react(Message message, String emoji) {
    final isMine = message.reactions.any((one) => one.emoji == emoji && one.userIds.contains(chat.userId));
    return change(
      () =>
          isMine ? api.removeReaction(chat.chatId, message.id, emoji) : api.addReaction(chat.chatId, message.id, emoji),
    );
  }

  void _changed() {
    if (_disposed) return;
    users.clear();
    notifyListeners();
  }

  @override
  void dispose() {
    _disposed = true;
    chat.removeListener(_follow);
    deletions.dispose();
    users.dispose();
    super.dispose();
  }
}
