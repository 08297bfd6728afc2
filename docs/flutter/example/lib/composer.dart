import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';

class Composer extends StatefulWidget {
  const Composer({super.key, required this.chat});

  final ChatRealtime chat;

  @override
  State<Composer> createState() => _ComposerState();
}

class _ComposerState extends State<Composer> {
  late final text = TextEditingController(text: unsent.draftOf(widget.chat.chatId));

  void send() {
    // The message goes out as it was typed. Blank text is not sent, and what is too long stays in the box.
    final content = text.text;
    if (content.trim().isEmpty) return;
    if (isTooLong(content)) return show('${content.runes.length} / $maxCharacters');
    widget.chat.send(content);
    text.clear();
  }

  @override
  void dispose() {
    text.dispose();
    super.dispose();
  }

  @override
  Widget build(BuildContext context) => SafeArea(
    child: Row(
      children: [
        Expanded(
          child: TextField(
            controller: text,
            onChanged: (value) => unsent.keepDraft(widget.chat.chatId, value),
            onSubmitted: (_) => send(),
            decoration: const InputDecoration(hintText: 'Message'),
          ),
        ),
        IconButton(onPressed: send, icon: const Icon(Icons.send)),
      ],
    ),
  );
}
