import 'dart:async';

import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';

/// What the user can set for a chat of their list. The list hears of it over the inbox.
Future<void> showChatMenu(BuildContext context, ListedChat listed) => showModalBottomSheet<void>(
  context: context,
  builder: (context) => ChatMenu(listed: listed),
);

class ChatMenu extends StatelessWidget {
  const ChatMenu({super.key, required this.listed});

  final ListedChat listed;

  Future<void> setNotifications(String level, {DateTime? mutedUntil}) =>
      api.setNotifications(listed.id, level: level, mutedUntil: mutedUntil);

  @override
  Widget build(BuildContext context) {
    Widget item(IconData icon, String title, Future<void> Function() request) => ListTile(
      leading: Icon(icon),
      title: Text(title),
      onTap: () {
        Navigator.of(context).pop();
        unawaited(attempt(request));
      },
    );

    final ListedChat(:id, :chat, :lastSeq) = listed;
    final inAnHour = DateTime.now().add(const Duration(hours: 1));
    return SafeArea(
      child: Column(
        mainAxisSize: MainAxisSize.min,
        children: [
          if (listed.isUnread)
            item(Icons.mark_chat_read, 'Mark as read', () => api.markRead(id, seq: lastSeq))
          else if (lastSeq > 0)
            item(Icons.mark_chat_unread, 'Mark as unread', () => api.markUnread(id, seq: lastSeq)),
          if (listed.isMuted || chat.notifications?.level == 'mentions')
            item(Icons.notifications, 'Notify of all messages', () => setNotifications('all'))
          else ...[
            item(Icons.alternate_email, 'Notify of mentions only', () => setNotifications('mentions')),
            item(Icons.snooze, 'Mute for an hour', () => setNotifications('all', mutedUntil: inAnHour)),
            item(Icons.notifications_off, 'Mute', () => setNotifications('none')),
          ],
          item(Icons.push_pin, listed.isPinned ? 'Unpin' : 'Pin', () => api.setPlace(id, pinned: !listed.isPinned)),
          item(
            Icons.archive,
            listed.isArchived ? 'Unarchive' : 'Archive',
            () => api.setPlace(id, archived: !listed.isArchived),
          ),
        ],
      ),
    );
  }
}
