import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';

/// Finds people by their emails and phones, and begins a chat with one of them or a group with all.
class NewChatPage extends StatefulWidget {
  const NewChatPage({super.key});

  @override
  State<NewChatPage> createState() => _NewChatPageState();
}

class _NewChatPageState extends State<NewChatPage> {
  final entry = TextEditingController();
  final name = TextEditingController();
  final people = <FoundUser>[];

  /// A double tap or a retry with it creates no second group.
  final clientId = newId();
  bool isBusy = false;

  @override
  void dispose() {
    entry.dispose();
    name.dispose();
    super.dispose();
  }

  Future<void> find() => attempt(() async {
    final text = entry.text;
    final isEmail = text.contains('@');
    final found = await api.findUsers(emails: isEmail ? [text] : null, phones: isEmail ? null : [text]);
    if (found.isEmpty) {
      return show(words('Nobody here has this email or phone.', 'Никого с такой почтой или телефоном здесь нет.'));
    }
    if (!mounted) return;
    final known = {for (final one in people) one.id};
    setState(() => people.addAll(found.where((one) => !known.contains(one.id))));
    entry.clear();
  });

  /// A chat with one person needs no name. The list of chats hears of the new chat over the inbox.
  Future<void> create() async {
    setState(() => isBusy = true);
    final ids = [for (final one in people) one.id];
    final isDirect = ids.length == 1 && name.text.isEmpty;
    final done = await attempt(
      () => isDirect
          ? api.openDirect(userId: ids.first)
          : api.createGroup(name: name.text, participantIds: ids, clientId: clientId),
    );
    if (!mounted) return;
    setState(() => isBusy = false);
    if (done) closePage(context);
  }

  @override
  Widget build(BuildContext context) => Scaffold(
    appBar: AppBar(title: Text(words('New chat', 'Новый чат'))),
    body: ListView(
      padding: const EdgeInsets.all(16),
      children: [
        TextField(
          controller: entry,
          decoration: InputDecoration(labelText: words('Email or phone', 'Почта или телефон')),
          textInputAction: TextInputAction.search,
          onSubmitted: (_) => find(),
        ),
        for (final one in people)
          ListTile(
            title: Text(one.name),
            trailing: IconButton(
              onPressed: () => setState(() => people.remove(one)),
              icon: const Icon(Icons.close),
              tooltip: words('Remove', 'Убрать'),
            ),
          ),
        TextField(
          controller: name,
          decoration: InputDecoration(labelText: words('Name of the group', 'Название группы')),
        ),
        const SizedBox(height: 16),
        FilledButton(onPressed: isBusy ? null : create, child: Text(words('Create', 'Создать'))),
      ],
    ),
  );
}
