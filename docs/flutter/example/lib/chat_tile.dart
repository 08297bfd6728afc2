import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';
import 'package:group_chat_files/group_chat_files.dart';

import 'backend.dart';
import 'chat_menu.dart';

/// A chat of the list. A long press opens its menu.
class ChatTile extends StatelessWidget {
  const ChatTile({super.key, required this.listed, required this.onOpen});

  final ListedChat listed;
  final VoidCallback onOpen;

  @override
  Widget build(BuildContext context) {
    final ListedChat(:id, :chat, :isPinned, :isMuted, :isUnread) = listed;
    final isTyping = typing.of(id).isNotEmpty;
    final name = texts.chatName(chat);
    return ListTile(
      leading: Avatar(name: name, url: chat.pictureUrl),
      title: Text(name),
      subtitle: Text(
        isTyping ? words('typing…', 'печатает…') : texts.newest(listed, userId: unsent.userId),
        maxLines: 1,
        overflow: TextOverflow.ellipsis,
      ),
      trailing: Row(
        mainAxisSize: MainAxisSize.min,
        children: [
          if (isPinned) const Icon(Icons.push_pin, size: 16),
          if (isMuted) const Icon(Icons.notifications_off, size: 16),
          if (isUnread) badge(context),
        ],
      ),
      onTap: onOpen,
      onLongPress: () => showChatMenu(context, listed),
    );
  }

  /// How much is unread. A chat that the user has marked as unread may have nothing else: then it is a dot.
  Widget badge(BuildContext context) {
    final ListedChat(:unreadCount, :mentionCount, :isMuted) = listed;
    final label = mentionCount > 0 ? '@ $unreadCount' : '$unreadCount';
    return Badge(
      label: unreadCount > 0 ? Text(label) : null,
      backgroundColor: isMuted ? Theme.of(context).disabledColor : null,
    );
  }
}
