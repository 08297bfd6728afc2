import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';
import 'chat_page.dart';
import 'chat_tile.dart';
import 'connection_line.dart';
import 'log_out.dart';
import 'new_chat_page.dart';

class ChatsPage extends StatefulWidget {
  const ChatsPage({super.key});

  @override
  State<ChatsPage> createState() => _ChatsPageState();
}

class _ChatsPageState extends State<ChatsPage> {
  final changes = Listenable.merge([inbox, chats, typing]);

  /// This page stays below all others while the user is signed in.
  late final AppLifecycleListener lifecycle;

  @override
  void initState() {
    super.initState();
    lifecycle = AppLifecycleListener(onShow: inbox.resume, onHide: inbox.pause);
  }

  @override
  void dispose() {
    lifecycle.dispose();
    super.dispose();
  }

  /// In a very long list the backend stops after a while, and goes on with the next request.
  Future<void> readAll() => attempt(() async {
    bool? more;
    do {
      final answer = await api.readAll();
      more = answer.more;
    } while (more == true);
  });

  Future<void> create() =>
      Navigator.of(context).push(MaterialPageRoute<void>(builder: (_) => const NewChatPage()));

  Future<void> open(Chat chat) =>
      Navigator.of(context).push(MaterialPageRoute<void>(builder: (_) => ChatPage(summary: chat)));

  List<Widget> tiles(Iterable<ListedChat> listed) => [
    for (final one in listed) ChatTile(key: ValueKey(one.id), listed: one, onOpen: () => open(one.chat)),
  ];

  @override
  Widget build(BuildContext context) => ListenableBuilder(
    listenable: changes,
    builder: (context, _) {
      final ChatList(:all, :total, :isLoaded) = chats;
      final archived = all.where((one) => one.isArchived);
      final others = all.where((one) => !one.isArchived);
      return Scaffold(
        appBar: AppBar(
          title: Badge(label: Text('$total'), isLabelVisible: total > 0, child: const Text('Chats')),
          actions: [
            IconButton(onPressed: readAll, icon: const Icon(Icons.done_all), tooltip: 'Mark all as read'),
            IconButton(onPressed: () => logOut(context), icon: const Icon(Icons.logout)),
          ],
        ),
        floatingActionButton: FloatingActionButton(
          onPressed: create,
          tooltip: 'New chat',
          child: const Icon(Icons.add),
        ),
        body: RefreshIndicator(
          onRefresh: chats.reload,
          child: ListView(
            children: [
              ConnectionLine(state: inbox.state, endedBy: inbox.endedBy),
              if (isLoaded && all.isEmpty) const ListTile(title: Text('No chats yet')),
              ...tiles(others.where((one) => one.isPinned)),
              ...tiles(others.where((one) => !one.isPinned)),
              if (archived.isNotEmpty)
                ExpansionTile(title: Text('Archive (${archived.length})'), children: tiles(archived)),
            ],
          ),
        ),
      );
    },
  );
}
