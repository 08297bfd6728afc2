import 'dart:async';

import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';
import 'closed_notice.dart';
import 'connection_line.dart';
import 'group_page.dart';
import 'meeting.dart';
import 'message_list.dart';
import 'pin_bar.dart';
import 'room.dart';
import 'search_page.dart';
import 'status_line.dart';

class ChatPage extends StatefulWidget {
  const ChatPage({super.key, required this.summary});

  /// The chat as the list showed it.
  final Chat summary;

  @override
  State<ChatPage> createState() => _ChatPageState();
}

class _ChatPageState extends State<ChatPage> {
  late final chat = ChatRealtime(api, inbox, unsent, chatId: widget.summary.id);
  late final room = Room(chat, summary: widget.summary);
  late final presence = PresenceWatch(api, chatId: chat.chatId);
  late final changes = Listenable.merge([chat, room, room.deletions]);
  late final AppLifecycleListener lifecycle;

  @override
  void initState() {
    super.initState();
    lifecycle = AppLifecycleListener(onShow: presence.show, onHide: sleep);
    chat.start();
    presence.show();
    unawaited(attempt(room.loadMembers));
  }

  @override
  void dispose() {
    lifecycle.dispose();
    presence.dispose();
    room.dispose();
    chat.dispose();
    super.dispose();
  }

  /// The chat as it is now, perhaps with another name.
  Chat get newest => chats.find(chat.chatId)?.chat ?? widget.summary;

  /// The app may be ended at any time now.
  void sleep() {
    presence.hide();
    room.deletions.flush();
    unawaited(chat.sleep());
  }

  Future<void> openGroup() =>
      Navigator.of(context).push(MaterialPageRoute<void>(builder: (_) => GroupPage(room: room)));

  Future<void> openSearch() =>
      Navigator.of(context).push(MaterialPageRoute<void>(builder: (_) => SearchPage(room: room)));

  @override
  Widget build(BuildContext context) => Scaffold(
    appBar: AppBar(
      title: Column(
        crossAxisAlignment: CrossAxisAlignment.start,
        children: [
          ListenableBuilder(listenable: chats, builder: (context, _) => Text(texts.chatName(newest))),
          StatusLine(room: room, presence: presence),
        ],
      ),
      actions: [
        IconButton(onPressed: openSearch, icon: const Icon(Icons.search), tooltip: words('Search', 'Поиск')),
        if (room.isGroup)
          IconButton(onPressed: openGroup, icon: const Icon(Icons.group), tooltip: words('Group', 'Группа')),
        IconButton(
          onPressed: () => attempt(() => createMeeting(chat.chatId)),
          icon: const Icon(Icons.videocam),
          tooltip: words('Meeting', 'Встреча'),
        ),
      ],
    ),
    body: ListenableBuilder(
      listenable: changes,
      builder: (context, _) => Column(
        children: [
          ConnectionLine(state: chat.state, endedBy: chat.endedBy),
          PinBar(room: room),
          Expanded(child: MessageList(room: room)),
          if (!room.canWrite) ClosedNotice(room: room),
        ],
      ),
    ),
  );
}
