import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';
import 'chat_page.dart';

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
    final newest = await api.listChats();
    if (mounted) setState(() => chats = newest);
  });

  Future<void> create() async {
    await attempt(() => api.createGroup(name: 'New group', participantIds: []));
    await load();
  }

  Future<void> open(Chat chat) async {
    final page = ChatPage(chatId: chat.id, title: chat.name);
    await Navigator.of(context).push(MaterialPageRoute<void>(builder: (_) => page));
    await load();
  }

  @override
  Widget build(BuildContext context) => Scaffold(
    appBar: AppBar(
      title: const Text('Chats'),
      actions: [IconButton(onPressed: () => attempt(api.logout), icon: const Icon(Icons.logout))],
    ),
    floatingActionButton: FloatingActionButton(onPressed: create, child: const Icon(Icons.add)),
    body: RefreshIndicator(
      onRefresh: load,
      child: ListView(
        children: [
          for (final chat in chats)
            ListTile(
              title: Text(chat.name),
              subtitle: Text(chat.lastMessage ?? ''),
              trailing: chat.unreadCount > 0 ? Badge(label: Text('${chat.unreadCount}')) : null,
              onTap: () => open(chat),
            ),
        ],
      ),
    ),
  );
}
