import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';

/// What the user can set for a chat of their list. `onChanged` is called after a request that succeeded.
Future<void> showChatMenu(BuildContext context, Chat chat, {required VoidCallback onChanged}) =>
    showModalBottomSheet<void>(
      context: context,
      builder: (context) => ChatMenu(chat: chat, onChanged: onChanged),
    );

class ChatMenu extends StatelessWidget {
  const ChatMenu({super.key, required this.chat, required this.onChanged});

  final Chat chat;
  final VoidCallback onChanged;

  Future<void> setNotifications(String level, {DateTime? mutedUntil}) =>
      api.setNotifications(chat.id, level: level, mutedUntil: mutedUntil);

  @override
  Widget build(BuildContext context) {
    Widget item(IconData icon, String title, Future<void> Function() request) => ListTile(
      leading: Icon(icon),
      title: Text(title),
      onTap: () async {
        Navigator.of(context).pop();
        if (await attempt(request)) onChanged();
      },
    );

    final Chat(:id, :lastSeq, :notifications) = chat;
    final inAnHour = DateTime.now().add(const Duration(hours: 1));
    return SafeArea(
      child: Column(
        mainAxisSize: MainAxisSize.min,
        children: [
          if (chat.isUnread)
            item(Icons.mark_chat_read, 'Mark as read', () => api.markRead(id, seq: lastSeq))
          else if (lastSeq > 0)
            item(Icons.mark_chat_unread, 'Mark as unread', () => api.markUnread(id, seq: lastSeq)),
          if (chat.isMuted || notifications?.level == 'mentions')
            item(Icons.notifications, 'Notify of all messages', () => setNotifications('all'))
          else ...[
            item(Icons.alternate_email, 'Notify of mentions only', () => setNotifications('mentions')),
            item(Icons.snooze, 'Mute for an hour', () => setNotifications('all', mutedUntil: inAnHour)),
            item(Icons.notifications_off, 'Mute', () => setNotifications('none')),
          ],
          item(Icons.push_pin, chat.isPinned ? 'Unpin' : 'Pin', () => api.setPlace(id, pinned: !chat.isPinned)),
          item(
            Icons.archive,
            chat.isArchived ? 'Unarchive' : 'Archive',
            () => api.setPlace(id, archived: !chat.isArchived),
          ),
        ],
      ),
    );
  }
}
