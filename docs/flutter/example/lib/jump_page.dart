import 'dart:async';

import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';

/// Shows an original or a pinned message among those around it, however old it is.
Future<void> jumpTo(BuildContext context, ChatRealtime chat, int seq) =>
    Navigator.of(context).push(MaterialPageRoute<void>(builder: (_) => JumpPage(chat: chat, seq: seq)));

class JumpPage extends StatefulWidget {
  const JumpPage({super.key, required this.chat, required this.seq});

  final ChatRealtime chat;
  final int seq;

  @override
  State<JumpPage> createState() => _JumpPageState();
}

class _JumpPageState extends State<JumpPage> {
  final target = GlobalKey();
  List<Message> messages = const [];

  @override
  void initState() {
    super.initState();
    unawaited(load());
  }

  Future<void> load() => attempt(() async {
    final around = await widget.chat.around(widget.seq);
    if (!mounted) return;
    setState(() => messages = around);
    WidgetsBinding.instance.addPostFrameCallback((_) => scroll());
  });

  void scroll() {
    final targetContext = target.currentContext;
    if (targetContext != null) unawaited(Scrollable.ensureVisible(targetContext, alignment: 0.5));
  }

  @override
  Widget build(BuildContext context) => Scaffold(
    appBar: AppBar(),
    body: ListenableBuilder(
      listenable: widget.chat,
      // A ListView would not build the message before it is scrolled to.
      builder: (context, _) => SingleChildScrollView(
        child: Column(
          children: [
            for (final message in messages.map(widget.chat.reader.stateOf))
              ListTile(
                key: message.seq == widget.seq ? target : null,
                selected: message.seq == widget.seq,
                title: Text(texts.author(message)),
                subtitle: Text(texts.content(message)),
              ),
          ],
        ),
      ),
    ),
  );
}
