import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';
import 'composer.dart';
import 'connection_line.dart';
import 'meeting.dart';
import 'message_list.dart';

class ChatPage extends StatefulWidget {
  const ChatPage({super.key, required this.chatId, required this.title, required this.onLeft});

  final String chatId;
  final String title;

  /// Called when the backend knows what was read here.
  final VoidCallback onLeft;

  @override
  State<ChatPage> createState() => _ChatPageState();
}

class _ChatPageState extends State<ChatPage> {
  late final chat = ChatRealtime(api, unsent, chatId: widget.chatId);
  late final AppLifecycleListener lifecycle;

  @override
  void initState() {
    super.initState();
    lifecycle = AppLifecycleListener(onResume: chat.wake, onHide: chat.sleep);
    chat.start();
  }

  @override
  void dispose() {
    lifecycle.dispose();
    chat.dispose();
    super.dispose();
  }

  /// The list of chats shows how many messages are unread, so the last read mark goes first.
  Future<void> leave() async {
    final onLeft = widget.onLeft;
    await chat.sleep();
    onLeft();
  }

  @override
  Widget build(BuildContext context) => PopScope<Object?>(
    onPopInvokedWithResult: (_, _) => leave(),
    child: Scaffold(
      appBar: AppBar(
        title: Text(widget.title),
        actions: [
          IconButton(onPressed: () => attempt(() => createMeeting(widget.chatId)), icon: const Icon(Icons.videocam)),
        ],
      ),
      body: ListenableBuilder(
        listenable: chat,
        builder: (context, _) => Column(
          children: [
            ConnectionLine(chat: chat),
            Expanded(child: MessageList(chat: chat)),
            Composer(chat: chat),
          ],
        ),
      ),
    ),
  );
}
