import 'dart:async';

import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';
import 'package:group_chat_files/group_chat_files.dart';

import 'backend.dart';
import 'composer.dart';
import 'room.dart';
import 'voice_sheet.dart';

/// What the user can add to a message.
Future<void> showAttachMenu(BuildContext context, Room room) => showModalBottomSheet<void>(
  context: context,
  builder: (context) => AttachMenu(room: room),
);

class AttachMenu extends StatelessWidget {
  const AttachMenu({super.key, required this.room});

  final Room room;

  @override
  Widget build(BuildContext context) {
    final choice = FileChoice(folder);
    final page = Navigator.of(context);
    final chooser = unsent;

    Widget item(IconData icon, String title, Future<List<LocalFile>> Function() choose) => ListTile(
      leading: Icon(icon),
      title: Text(title),
      onTap: () {
        page.pop();
        unawaited(attempt(() async => ComposerState.attach(chooser, room.chat.chatId, await choose())));
      },
    );

    return SafeArea(
      child: Column(
        mainAxisSize: MainAxisSize.min,
        children: [
          item(Icons.photo, words('Photos', 'Фото'), choice.photos),
          item(Icons.photo_camera, words('Camera', 'Камера'), () async => [?await choice.camera()]),
          item(Icons.movie, words('Video', 'Видео'), () async => [?await choice.video()]),
          item(Icons.attach_file, words('Files', 'Файлы'), choice.files),
          ListTile(
            leading: const Icon(Icons.mic),
            title: Text(words('Voice message', 'Голосовое сообщение')),
            onTap: () {
              page.pop();
              unawaited(showVoiceSheet(page.context, room));
            },
          ),
        ],
      ),
    );
  }
}
