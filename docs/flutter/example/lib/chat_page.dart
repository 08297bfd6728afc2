import 'dart:async';

import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';
import 'composer.dart';
import 'connection_line.dart';
import 'group_page.dart';
import 'meeting.dart';
import 'message_list.dart';
import 'pin_bar.dart';
import 'room.dart';

class ChatPage extends StatefulWidget {
  const ChatPage({super.key, required this.summary, required this.onLeft});

  /// The chat as the list of chats shows it.
  final Chat summary;

  /// Called when the backend knows what was read here.
  final VoidCallback onLeft;

  @override
  State<ChatPage> createState() => _ChatPageState();
}

class _ChatPageState extends State<ChatPage> {
  late final chat = ChatRealtime(api, unsent, chatId: widget.summary.id);
  late final room = Room(chat, summary: widget.summary);
  late final AppLifecycleListener lifecycle;

  @override
  void initState() {
    super.initState();
    lifecycle = AppLifecycleListener(onResume: chat.wake, onHide: sleep);
    chat.start();
    unawaited(attempt(room.loadMembers));
  }

  @override
  void dispose() {
    lifecycle.dispose();
    room.dispose();
    chat.dispose();
    super.dispose();
  }

  /// The app may be ended at any time now.
  Future<void> sleep() {
    room.deletions.flush();
    return chat.sleep();
  }

  /// The list of chats shows how many messages are unread, so the last read mark goes first.
  Future<void> leave() async {
    final onLeft = widget.onLeft;
    await sleep();
    onLeft();
  }

  Future<void> openGroup() =>
      Navigator.of(context).push(MaterialPageRoute<void>(builder: (_) => GroupPage(room: room)));

  @override
  Widget build(BuildContext context) => PopScope<Object?>(
    onPopInvokedWithResult: (_, _) => leave(),
    child: Scaffold(
      appBar: AppBar(
        title: Text(texts.chatName(widget.summary)),
        actions: [
          if (room.isGroup) IconButton(onPressed: openGroup, icon: const Icon(Icons.group), tooltip: 'Group'),
          IconButton(onPressed: () => attempt(() => createMeeting(chat.chatId)), icon: const Icon(Icons.videocam)),
        ],
      ),
      body: ListenableBuilder(
        listenable: Listenable.merge([chat, room, room.deletions]),
        builder: (context, _) => Column(
          children: [
            ConnectionLine(chat: chat),
            PinBar(room: room),
            Expanded(child: MessageList(room: room)),
            Composer(key: room.composer, room: room),
          ],
        ),
      ),
    ),
  );
}
