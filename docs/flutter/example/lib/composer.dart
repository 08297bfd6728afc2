import 'package:flutter/material.dart';

class Composer extends StatefulWidget {
  const Composer({super.key, required this.onSend});

  final void Function(String text) onSend;

  @override
  State<Composer> createState() => _ComposerState();
}

class _ComposerState extends State<Composer> {
  final text = TextEditingController();

  void send() {
    final content = text.text.trim();
    if (content.isEmpty) return;
    widget.onSend(content);
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
            onSubmitted: (_) => send(),
            decoration: const InputDecoration(hintText: 'Message'),
          ),
        ),
        IconButton(onPressed: send, icon: const Icon(Icons.send)),
      ],
    ),
  );
}
