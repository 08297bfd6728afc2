import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';
import 'chat_page.dart';
import 'log_out.dart';

class ChatsPage extends StatefulWidget {
  const ChatsPage({super.key});

  @override
  State<ChatsPage> createState() => _ChatsPageState();
}

class _ChatsPageState extends State<ChatsPage> {
  List<Chat> chats = [];

  @override
  void initState() {
    super.initState();
    load();
  }

  Future<void> load() => attempt(() async {
    final newest = await listAllChats();
    if (mounted) setState(() => chats = newest);
  });

  Future<List<Chat>> listAllChats() async {
    final found = <Chat>[];
    String? cursor;
    do {
      final page = await api.listChats(cursor: cursor);
      found.addAll(page.chats);
      cursor = page.cursor;
    } while (cursor != null);
    return found;
  }

  /// The `clientId` of the group that is being created. A double tap or a retry with it creates no second group.
  String? creating;

  Future<void> create() async {
    final clientId = creating ??= newId();
    final done = await attempt(() => api.createGroup(name: 'New group', participantIds: [], clientId: clientId));
    if (done && creating == clientId) creating = null;
    await load();
  }

  Future<void> open(Chat chat) async {
    final page = ChatPage(summary: chat, onLeft: load);
    await Navigator.of(context).push(MaterialPageRoute<void>(builder: (_) => page));
  }

  @override
  Widget build(BuildContext context) => Scaffold(
    appBar: AppBar(
      title: const Text('Chats'),
      actions: [IconButton(onPressed: () => logOut(context), icon: const Icon(Icons.logout))],
    ),
    floatingActionButton: FloatingActionButton(onPressed: create, child: const Icon(Icons.add)),
    body: RefreshIndicator(
      onRefresh: load,
      child: ListView(
        children: [
          for (final chat in chats)
            ListTile(
              title: Text(texts.chatName(chat)),
              subtitle: Text(texts.newest(chat, userId: unsent.userId)),
              trailing: chat.unreadCount > 0
                  ? Badge(label: Text(chat.mentionCount > 0 ? '@ ${chat.unreadCount}' : '${chat.unreadCount}'))
                  : null,
              onTap: () => open(chat),
            ),
        ],
      ),
    ),
  );
}
