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
            item(
              Icons.mark_chat_read,
              words('Mark as read', 'Отметить прочитанным'),
              () => api.markRead(id, seq: lastSeq),
            )
          else if (lastSeq > 0)
            item(
              Icons.mark_chat_unread,
              words('Mark as unread', 'Отметить непрочитанным'),
              () => api.markUnread(id, seq: lastSeq),
            ),
          if (listed.isMuted || chat.notifications?.level == 'mentions')
            item(
              Icons.notifications,
              words('Notify of all messages', 'Уведомлять обо всех сообщениях'),
              () => setNotifications('all'),
            )
          else ...[
            item(
              Icons.alternate_email,
              words('Notify of mentions only', 'Уведомлять только об упоминаниях'),
              () => setNotifications('mentions'),
            ),
            item(
              Icons.snooze,
              words('Mute for an hour', 'Без звука на час'),
              () => setNotifications('all', mutedUntil: inAnHour),
            ),
            item(Icons.notifications_off, words('Mute', 'Без звука'), () => setNotifications('none')),
          ],
          item(
            Icons.push_pin,
            listed.isPinned ? words('Unpin', 'Открепить') : words('Pin', 'Закрепить'),
            () => api.setPlace(id, pinned: !listed.isPinned),
          ),
          item(
            Icons.archive,
            listed.isArchived ? words('Unarchive', 'Вернуть из архива') : words('Archive', 'В архив'),
            () => api.setPlace(id, archived: !listed.isArchived),
          ),
        ],
      ),
    );
  }
}
