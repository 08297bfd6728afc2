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
  bool loading = false;
  bool hasOlder = true;
  late final AppLifecycleListener lifecycle;

  @override
  void initState() {
    super.initState();
    widget.chat.addListener(markRead);
    lifecycle = AppLifecycleListener(onResume: markRead);
  }

  @override
  void dispose() {
    widget.chat.removeListener(markRead);
    lifecycle.dispose();
    super.dispose();
  }

  /// Nobody reads what arrives while the app is in the background.
  void markRead() {
    final state = WidgetsBinding.instance.lifecycleState;
    final newest = widget.chat.reader.messages.lastOrNull;
    if (newest != null && (state == null || state == AppLifecycleState.resumed)) widget.chat.markRead(newest.seq);
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
        ListTile(title: Text(texts.author(message)), subtitle: Text(texts.content(message))),
      for (final text in chat.drafts.values)
        ListTile(title: Text(texts.assistant), subtitle: Text('$text…')),
      for (final Outgoing(:clientId, :content, :refusal, :sending) in chat.outbox.all)
        ListTile(
          title: Text(content),
          subtitle: Text(
            refusal != null
                ? 'Not sent. ${texts.refusal(refusal)} Tap to retry.'
                : (sending ? 'Sending…' : 'Waiting to be sent'),
          ),
          onTap: refusal == null ? null : () => chat.retry(clientId),
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
