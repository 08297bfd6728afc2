import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';
import 'room.dart';

const _emojis = ['👍', '❤️', '😂', '🎉', '😮', '😢', '🙏', '👎'];

/// What can be done with a message: reactions in a row, then the actions that the user's role allows.
Future<void> showMessageMenu(BuildContext context, Room room, Message message) => showModalBottomSheet<void>(
  context: context,
  builder: (context) => MessageMenu(room: room, message: message),
);

class MessageMenu extends StatelessWidget {
  const MessageMenu({super.key, required this.room, required this.message});

  final Room room;
  final Message message;

  @override
  Widget build(BuildContext context) {
    void choose(void Function() action) {
      Navigator.of(context).pop();
      action();
    }

    Widget item(IconData icon, String title, void Function() action) =>
        ListTile(leading: Icon(icon), title: Text(title), onTap: () => choose(action));

    final composer = room.composer.currentState;
    return SafeArea(
      child: Column(
        mainAxisSize: MainAxisSize.min,
        children: [
          Wrap(
            children: [
              for (final emoji in _emojis)
                TextButton(onPressed: () => choose(() => room.react(message, emoji)), child: Text(emoji)),
            ],
          ),
          if (room.canWrite) item(Icons.reply, words('Reply', 'Ответить'), () => composer?.reply(message)),
          if (room.canEdit(message)) item(Icons.edit, words('Edit', 'Изменить'), () => composer?.edit(message)),
          if (room.canPin)
            item(
              Icons.push_pin,
              message.pinned == true ? words('Unpin', 'Открепить') : words('Pin', 'Закрепить'),
              () => room.pin(message),
            ),
          if (room.canDelete(message))
            item(Icons.delete, words('Delete', 'Удалить'), () => room.deletions.add(message.id)),
        ],
      ),
    );
  }
}
