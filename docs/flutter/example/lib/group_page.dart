import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';
import 'package:group_chat_files/group_chat_files.dart';

import 'backend.dart';
import 'room.dart';

/// The members of a group, who may write in it and how often. Admins and the owner change the rules.
class GroupPage extends StatelessWidget {
  const GroupPage({super.key, required this.room});

  final Room room;

  /// In seconds.
  static const _waits = [0, 10, 30, 60, 300, 900, 3600];

  @override
  Widget build(BuildContext context) => Scaffold(
    appBar: AppBar(title: Text(words('Group', 'Группа'))),
    body: ListenableBuilder(
      listenable: room,
      builder: (context, _) => ListView(
        children: [
          if (room.isAdmin)
            ListTile(
              leading: const Icon(Icons.photo),
              title: Text(words('Choose a picture', 'Выбрать картинку')),
              onTap: () => attempt(() => choosePicture(api, folder, room.chat.chatId)),
            ),
          SwitchListTile(
            title: Text(words('Only admins may write', 'Пишут только администраторы')),
            value: room.onlyAdminsWrite,
            onChanged: room.isAdmin ? (on) => room.setRules(posting: on ? 'admins' : 'everyone') : null,
          ),
          ListTile(
            title: Text(words('Between two messages of a member', 'Между сообщениями участника')),
            trailing: DropdownButton<int>(
              value: room.slowModeSeconds,
              items: [
                // Another client may have set another time.
                for (final seconds in {..._waits, room.slowModeSeconds})
                  DropdownMenuItem(value: seconds, child: Text(texts.slowMode(seconds))),
              ],
              onChanged: room.isAdmin ? (seconds) => room.setRules(slowModeSeconds: seconds) : null,
            ),
          ),
          const Divider(),
          for (final Member(:name, :role, :avatarUrl) in room.members)
            ListTile(
              leading: Avatar(name: name, url: avatarUrl),
              title: Text(name),
              subtitle: Text(texts.roles[role] ?? role),
            ),
        ],
      ),
    ),
  );
}
