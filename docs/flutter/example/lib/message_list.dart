import 'dart:async';

import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';
import 'message_tile.dart';
import 'room.dart';

/// The messages of the chat, then the answers that the assistant is writing, then my unsent messages.
class MessageList extends StatefulWidget {
  const MessageList({super.key, required this.room});

  final Room room;

  @override
  State<MessageList> createState() => _MessageListState();
}

class _MessageListState extends State<MessageList> {
  late final chat = widget.room.chat;
  late final AppLifecycleListener lifecycle;

  @override
  void initState() {
    super.initState();
    chat.addListener(markRead);
    lifecycle = AppLifecycleListener(onResume: markRead);
  }

  @override
  void dispose() {
    chat.removeListener(markRead);
    lifecycle.dispose();
    super.dispose();
  }

  /// Nobody reads what arrives while the app is in the background.
  void markRead() {
    final state = WidgetsBinding.instance.lifecycleState;
    final newest = chat.reader.messages.lastOrNull;
    if (newest != null && (state == null || state == AppLifecycleState.resumed)) chat.markRead(newest.seq);
  }

  @override
  Widget build(BuildContext context) {
    final rows = [
      for (final message in chat.reader.messages) MessageTile(room: widget.room, message: message),
      for (final text in chat.drafts.values)
        ListTile(title: Text(texts.assistant), subtitle: Text('$text…')),
      for (final message in chat.outbox.all) UnsentRow(chat: chat, message: message),
    ];
    return NotificationListener<ScrollNotification>(
      onNotification: (scroll) {
        if (scroll.metrics.extentAfter < 200) unawaited(chat.loadOlder());
        return false;
      },
      child: ListView(reverse: true, children: rows.reversed.toList()),
    );
  }
}

/// A message of mine that is not in the chat yet. If it was refused, the user may send it again or delete it.
class UnsentRow extends StatelessWidget {
  const UnsentRow({super.key, required this.chat, required this.message});

  final ChatRealtime chat;
  final Outgoing message;

  @override
  Widget build(BuildContext context) {
    final Outgoing(:clientId, :refusal, :sending, :progress, :isUploaded, :draft) = message;
    final content = [if (draft.content.isNotEmpty) draft.content, for (final file in draft.files) file.name].join('\n');
    if (refusal == null) {
      final isNext = chat.outbox.next == message;
      return ListTile(
        title: Text(content),
        subtitle: switch (sending) {
          true when !isUploaded => LinearProgressIndicator(value: progress),
          true => const Text('Sending…'),
          false => WaitLine(until: isNext ? chat.sendsAfter : null),
        },
        trailing: isUploaded
            ? null
            : IconButton(onPressed: () => chat.delete(clientId), icon: const Icon(Icons.close), tooltip: 'Cancel'),
      );
    }
    return ListTile(
      title: Text(content),
      subtitle: Text('Not sent. ${texts.refusal(refusal)}'),
      trailing: Row(
        mainAxisSize: MainAxisSize.min,
        children: [
          IconButton(onPressed: () => chat.retry(clientId), icon: const Icon(Icons.refresh), tooltip: 'Try again'),
          IconButton(onPressed: () => chat.delete(clientId), icon: const Icon(Icons.delete), tooltip: 'Delete'),
        ],
      ),
    );
  }
}

/// Counts the seconds until a message goes out, for example in slow mode.
class WaitLine extends StatelessWidget {
  const WaitLine({super.key, required this.until});

  /// Null if nobody knows when.
  final DateTime? until;

  @override
  Widget build(BuildContext context) => StreamBuilder<void>(
    stream: Stream<void>.periodic(const Duration(seconds: 1)),
    builder: (context, _) {
      final seconds = until?.difference(DateTime.now()).inSeconds ?? 0;
      return Text(seconds > 0 ? 'Goes out in $seconds s' : 'Waiting to be sent');
    },
  );
}
