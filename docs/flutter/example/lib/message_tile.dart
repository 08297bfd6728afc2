import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';
import 'jump_page.dart';
import 'message_menu.dart';
import 'reactions_row.dart';
import 'room.dart';

/// A message of the chat. A swipe replies to it, a long press opens its menu.
class MessageTile extends StatelessWidget {
  const MessageTile({super.key, required this.room, required this.message});

  final Room room;
  final Message message;

  @override
  Widget build(BuildContext context) {
    final Message(:id, :createdAt, :editedAt, :deletedAt, :mentions, :everyone) = message;
    if (room.deletions.has(id)) return UndoTile(deletions: room.deletions, messageId: id);
    if (deletedAt != null) {
      return ListTile(title: Text(texts.author(message)), subtitle: Text(texts.content(message)), enabled: false);
    }
    final quote = room.chat.reader.quoteOf(message);
    final time = TimeOfDay.fromDateTime(createdAt.toLocal()).format(context);
    return Dismissible(
      key: ValueKey(id),
      direction: DismissDirection.startToEnd,
      confirmDismiss: (_) async {
        room.composer.currentState?.reply(message);
        return false;
      },
      background: const Align(alignment: Alignment.centerLeft, child: Icon(Icons.reply)),
      child: ListTile(
        selected: everyone == true || mentions.contains(room.chat.userId),
        title: Text(texts.author(message)),
        subtitle: Column(
          crossAxisAlignment: CrossAxisAlignment.start,
          children: [
            if (quote != null) QuoteBox(quote: quote, onTap: () => jumpTo(context, room.chat, quote.seq)),
            Text(texts.content(message)),
            ReactionsRow(room: room, message: message),
          ],
        ),
        trailing: Text(editedAt == null ? time : '${texts.edited} $time'),
        onLongPress: () => showMessageMenu(context, room, message),
      ),
    );
  }
}

/// Stands in for a message that the user has just deleted.
class UndoTile extends StatelessWidget {
  const UndoTile({super.key, required this.deletions, required this.messageId});

  final Deletions deletions;
  final String messageId;

  @override
  Widget build(BuildContext context) => ListTile(
    title: Text(texts.messageDeleted),
    trailing: deletions.canUndo(messageId)
        ? TextButton(onPressed: () => deletions.undo(messageId), child: const Text('Undo'))
        : null,
  );
}

/// The message that another one replies to.
class QuoteBox extends StatelessWidget {
  const QuoteBox({super.key, required this.quote, required this.onTap});

  final Quote quote;
  final VoidCallback onTap;

  @override
  Widget build(BuildContext context) => InkWell(
    onTap: onTap,
    child: Container(
      decoration: const BoxDecoration(border: Border(left: BorderSide(width: 3))),
      padding: const EdgeInsets.only(left: 8),
      child: Text(
        '${texts.quoteAuthor(quote)}: ${texts.quoteContent(quote)}',
        maxLines: 2,
        overflow: TextOverflow.ellipsis,
      ),
    ),
  );
}
