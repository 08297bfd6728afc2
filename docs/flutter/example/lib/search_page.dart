import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';
import 'jump_page.dart';
import 'room.dart';

/// Searches the messages of a chat. A tap on a hit shows it among those around it.
class SearchPage extends StatefulWidget {
  const SearchPage({super.key, required this.room});

  final Room room;

  @override
  State<SearchPage> createState() => _SearchPageState();
}

class _SearchPageState extends State<SearchPage> {
  late final chat = widget.room.chat;
  late final search = MessageSearch(api, chatId: chat.chatId);

  @override
  void dispose() {
    search.dispose();
    super.dispose();
  }

  Future<void> start(String text) => attempt(() => search.start(text));

  /// A message may have been edited or deleted since it was found.
  List<Message> get hits => [
    for (final message in search.hits.map(chat.reader.stateOf))
      if (message.deletedAt == null) message,
  ];

  Widget tile(Message message) => ListTile(
    title: Text(texts.author(message)),
    subtitle: Text(texts.content(message), maxLines: 2, overflow: TextOverflow.ellipsis),
    onTap: () => jumpTo(context, widget.room, message.seq),
  );

  Widget get end {
    if (search.isSearching) return const LinearProgressIndicator();
    if (search.searchedTo != null) {
      return ListTile(title: Text(words('Search further back', 'Искать дальше')), onTap: () => attempt(search.more));
    }
    final isVain = search.query.isNotEmpty && hits.isEmpty;
    return ListTile(title: Text(isVain ? words('No message found', 'Ничего не найдено') : ''));
  }

  @override
  Widget build(BuildContext context) => Scaffold(
    appBar: AppBar(
      title: TextField(
        autofocus: true,
        textInputAction: TextInputAction.search,
        decoration: InputDecoration(hintText: words('Search in this chat', 'Поиск в чате')),
        onSubmitted: start,
      ),
    ),
    body: ListenableBuilder(
      listenable: Listenable.merge([search, chat]),
      builder: (context, _) => ListView(children: [...hits.map(tile), end]),
    ),
  );
}
