import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';

/// The messages of the chat, then the answers that the assistant is writing, then my unsent messages.
class MessageList extends StatefulWidget {
  const MessageList({super.key, required this.chat});

  final ChatRealtime chat;

  @override
  State<MessageList> createState() => _MessageListState();
}

class _MessageListState extends State<MessageList> {
  int readSeq = 0;
  bool loading = false;
  bool hasOlder = true;

  @override
  void initState() {
    super.initState();
    widget.chat.addListener(markRead);
  }

  @override
  void dispose() {
    widget.chat.removeListener(markRead);
    super.dispose();
  }

  void markRead() {
    final newest = widget.chat.reader.messages.lastOrNull?.seq ?? 0;
    if (newest <= readSeq) return;
    readSeq = newest;
    attempt(() => api.markRead(widget.chat.chatId, seq: newest));
  }

  /// The scroll listener calls this many times, so it asks for one page at a time.
  Future<void> loadOlder() async {
    if (loading || !hasOlder) return;
    loading = true;
    await attempt(() async => hasOlder = await widget.chat.loadOlder());
    loading = false;
  }

  @override
  Widget build(BuildContext context) {
    final chat = widget.chat;
    final rows = [
      for (final message in chat.reader.messages)
        ListTile(title: Text(message.userName), subtitle: Text(message.content)),
      for (final text in chat.drafts.values)
        ListTile(title: const Text('Assistant'), subtitle: Text('$text…')),
      for (final Outgoing(:clientId, :content, :code, :sending) in chat.outbox.all)
        ListTile(
          title: Text(content),
          subtitle: Text(
            code != null ? 'Not sent ($code). Tap to retry.' : (sending ? 'Sending…' : 'Waiting to be sent'),
          ),
          onTap: code == null ? null : () => chat.retry(clientId),
        ),
    ];
    return NotificationListener<ScrollNotification>(
      onNotification: (scroll) {
        if (scroll.metrics.extentAfter < 200) loadOlder();
        return false;
      },
      child: ListView(reverse: true, children: rows.reversed.toList()),
    );
  }
}
