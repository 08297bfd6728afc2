import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';
import 'chat_page.dart';
import 'chat_tile.dart';
import 'log_out.dart';

class ChatsPage extends StatefulWidget {
  const ChatsPage({super.key});

  @override
  State<ChatsPage> createState() => _ChatsPageState();
}

class _ChatsPageState extends State<ChatsPage> {
  List<Chat> chats = const [];

  /// How much is unread in all chats, without those that are muted.
  int total = 0;

  @override
  void initState() {
    super.initState();
    load();
  }

  Future<void> load() => attempt(() async {
    final newest = await listAllChats();
    final unread = await api.listUnread();
    if (!mounted) return;
    setState(() {
      chats = newest;
      total = unread.total;
    });
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

  /// In a very long list the backend stops after a while, and goes on with the next request.
  Future<void> readAll() async {
    await attempt(() async {
      bool? more;
      do {
        final answer = await api.readAll();
        more = answer.more;
      } while (more == true);
    });
    await load();
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

  List<Widget> tiles(Iterable<Chat> chats) => [
    for (final chat in chats) ChatTile(chat: chat, onOpen: () => open(chat), onChanged: load),
  ];

  @override
  Widget build(BuildContext context) {
    final archived = chats.where((chat) => chat.isArchived);
    final others = chats.where((chat) => !chat.isArchived);
    return Scaffold(
      appBar: AppBar(
        title: Badge(label: Text('$total'), isLabelVisible: total > 0, child: const Text('Chats')),
        actions: [
          IconButton(onPressed: readAll, icon: const Icon(Icons.done_all), tooltip: 'Mark all as read'),
          IconButton(onPressed: () => logOut(context), icon: const Icon(Icons.logout)),
        ],
      ),
      floatingActionButton: FloatingActionButton(onPressed: create, child: const Icon(Icons.add)),
      body: RefreshIndicator(
        onRefresh: load,
        child: ListView(
          children: [
            ...tiles(others.where((chat) => chat.isPinned)),
            ...tiles(others.where((chat) => !chat.isPinned)),
            if (archived.isNotEmpty)
              ExpansionTile(title: Text('Archive (${archived.length})'), children: tiles(archived)),
          ],
        ),
      ),
    );
  }
}
