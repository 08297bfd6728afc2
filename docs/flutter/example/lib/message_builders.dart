import 'package:flutter/material.dart';
import 'package:flutter_chat_core/flutter_chat_core.dart' as flyer;
import 'package:flutter_chat_ui/flutter_chat_ui.dart' as flyer;
import 'package:group_chat_files/group_chat_files.dart';

import 'backend.dart';
import 'jump_page.dart';
import 'quote_box.dart';
import 'reactions_row.dart';
import 'room.dart';
import 'undo_tile.dart';
import 'unsent_row.dart';

/// What flutter_chat_ui itself does not show: quotes, files, reactions, edits, and what to do with unsent messages.
flyer.Builders messageBuilders(Room room) => flyer.Builders(
  chatMessageBuilder: (context, shown, index, animation, child, {isRemoved, required isSentByMe, groupStatus}) {
    final message = room.chat.reader.find(shown.id);
    final isFirst = groupStatus?.isFirst ?? true;
    final hasAuthor = shown is flyer.TextMessage && !isSentByMe;
    return flyer.ChatMessage(
      message: shown,
      index: index,
      animation: animation,
      isRemoved: isRemoved,
      groupStatus: groupStatus,
      alignment: shown is flyer.SystemMessage ? Alignment.center : null,
      topWidget: hasAuthor && isFirst ? flyer.Username(userId: shown.authorId) : null,
      leadingWidget: hasAuthor
          ? Padding(
              padding: const EdgeInsets.only(right: 8),
              child: flyer.Avatar(userId: shown.authorId),
            )
          : null,
      bottomWidget: switch (message) {
        null => UnsentRow(chat: room.chat, clientId: shown.id),
        _ when shown is flyer.CustomMessage => null,
        final message => ReactionsRow(room: room, message: message),
      },
      child: message == null || message.deletedAt != null || shown is flyer.CustomMessage
          ? child
          : Dismissible(
              key: ValueKey(shown.id),
              direction: DismissDirection.startToEnd,
              confirmDismiss: (_) async {
                room.composer.currentState?.reply(message);
                return false;
              },
              background: const Align(alignment: Alignment.centerLeft, child: Icon(Icons.reply)),
              child: child,
            ),
    );
  },
  textMessageBuilder: (context, shown, index, {required isSentByMe, groupStatus}) {
    final message = room.chat.reader.find(shown.id);
    final quote = message == null ? null : room.chat.reader.quoteOf(message);
    return Column(
      mainAxisSize: MainAxisSize.min,
      crossAxisAlignment: isSentByMe ? CrossAxisAlignment.end : CrossAxisAlignment.start,
      children: [
        if (quote != null) QuoteBox(quote: quote, onTap: () => jumpTo(context, room, quote.seq)),
        if (message != null)
          for (final attachment in message.attachments)
            AttachmentView(
              attachment: attachment,
              onExpired: () => room.change(() => api.getMessage(message.chatId, message.id)),
            ),
        // Without a text, the content only says that there is a photo.
        if (shown.text.isNotEmpty && message?.metadata?.placeholder == null)
          flyer.SimpleTextMessage(message: shown, index: index),
        if (shown.editedAt != null) Text(texts.edited, style: Theme.of(context).textTheme.bodySmall),
      ],
    );
  },
  systemMessageBuilder: (context, shown, index, {required isSentByMe, groupStatus}) =>
      Text(shown.text, textAlign: TextAlign.center, style: Theme.of(context).textTheme.bodySmall),
  customMessageBuilder: (context, shown, index, {required isSentByMe, groupStatus}) =>
      UndoTile(deletions: room.deletions, messageId: shown.id),
  emptyChatListBuilder: (context) => const SizedBox.shrink(),
);
