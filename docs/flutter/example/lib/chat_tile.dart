import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';
import 'chat_menu.dart';

/// A chat of the list. A long press opens its menu.
class ChatTile extends StatelessWidget {
  const ChatTile({super.key, required this.chat, required this.onOpen, required this.onChanged});

  final Chat chat;
  final VoidCallback onOpen;

  /// Called when the menu has changed the chat.
  final VoidCallback onChanged;

  @override
  Widget build(BuildContext context) => ListTile(
    title: Text(texts.chatName(chat)),
    subtitle: Text(texts.newest(chat, userId: unsent.userId)),
    trailing: Row(
      mainAxisSize: MainAxisSize.min,
      children: [
        if (chat.isPinned) const Icon(Icons.push_pin, size: 16),
        if (chat.isMuted) const Icon(Icons.notifications_off, size: 16),
        if (chat.isUnread) badge(context),
      ],
    ),
    onTap: onOpen,
    onLongPress: () => showChatMenu(context, chat, onChanged: onChanged),
  );

  /// How much is unread. A chat that the user has marked as unread may have nothing else: then it is a dot.
  Widget badge(BuildContext context) {
    final Chat(:unreadCount, :mentionCount) = chat;
    final label = mentionCount > 0 ? '@ $unreadCount' : '$unreadCount';
    return Badge(
      label: unreadCount > 0 ? Text(label) : null,
      backgroundColor: chat.isMuted ? Theme.of(context).disabledColor : null,
    );
  }
}
