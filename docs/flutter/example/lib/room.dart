import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';
import 'composer.dart';

/// What the widgets of an open chat share.
class Room {
  Room(this.chat, {required this.isGroup});

  final ChatRealtime chat;
  final bool isGroup;

  /// The members of a group, once they are loaded. A direct chat has no roles.
  List<Member> members = const [];

  /// What the user has deleted a moment ago.
  late final deletions = Deletions((messageId) => change(() => api.deleteMessage(chat.chatId, messageId)));

  final composer = GlobalKey<ComposerState>();

  String? get _myRole => members.where((member) => member.userId == chat.userId).firstOrNull?.role;
  bool get _isAdmin => _myRole == 'owner' || _myRole == 'admin';

  bool get canPin => !isGroup || _isAdmin;
  bool get canMentionAll => isGroup && (_isAdmin || members.length <= 50);

  bool canEdit(Message message) =>
      message.userId == chat.userId && message.type == 'text' && message.deletedAt == null;

  bool canDelete(Message message) {
    if (message.type == 'system' || message.deletedAt != null) return false;
    return message.userId == chat.userId || message.metadata?.askedBy == chat.userId || _isAdmin;
  }

  /// Null for somebody who is not a member.
  String? nameOf(String userId) => members.where((member) => member.userId == userId).firstOrNull?.name;

  Future<void> loadMembers() async {
    if (!isGroup) return;
    final found = <Member>[];
    String? cursor;
    do {
      final page = await api.getGroup(chat.chatId, cursor: cursor);
      found.addAll(page.group.members);
      cursor = page.cursor;
    } while (cursor != null);
    members = found;
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

  void dispose() => deletions.dispose();
}
