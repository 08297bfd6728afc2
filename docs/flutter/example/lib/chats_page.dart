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

  Future<void> create() => Navigator.of(context).push(MaterialPageRoute<void>(builder: (_) => const NewChatPage()));

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
          title: Badge(label: Text('$total'), isLabelVisible: total > 0, child: Text(words('Chats', 'Чаты'))),
          actions: [
            IconButton(
              onPressed: readAll,
              icon: const Icon(Icons.done_all),
              tooltip: words('Mark all as read', 'Отметить все прочитанными'),
            ),
            IconButton(
              onPressed: () => logOut(context),
              icon: const Icon(Icons.logout),
              tooltip: words('Log out', 'Выйти'),
            ),
          ],
        ),
        floatingActionButton: FloatingActionButton(
          onPressed: create,
          tooltip: words('New chat', 'Новый чат'),
          child: const Icon(Icons.add),
        ),
        body: RefreshIndicator(
          onRefresh: chats.reload,
          child: ListView(
            children: [
              ConnectionLine(state: inbox.state, endedBy: inbox.endedBy),
              if (isLoaded && all.isEmpty) ListTile(title: Text(words('No chats yet', 'Чатов пока нет'))),
              ...tiles(others.where((one) => one.isPinned)),
              ...tiles(others.where((one) => !one.isPinned)),
              if (archived.isNotEmpty)
                ExpansionTile(
                  title: Text('${words('Archived', 'Архив')} (${archived.length})'),
                  children: tiles(archived),
                ),
            ],
          ),
        ),
      );
    },
  );
}
