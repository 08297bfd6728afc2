import 'dart:async';

import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';
import 'jump_page.dart';
import 'room.dart';

/// A pinned message. Each tap jumps to it and shows the one before.
class PinBar extends StatefulWidget {
  const PinBar({super.key, required this.room});

  final Room room;

  @override
  State<PinBar> createState() => _PinBarState();
}

class _PinBarState extends State<PinBar> {
  late final chat = widget.room.chat;
  int shown = 0;

  void jump(Message message) {
    unawaited(jumpTo(context, widget.room, message.seq));
    setState(() => shown++);
  }

  @override
  Widget build(BuildContext context) {
    final pinned = chat.reader.pinned;
    if (pinned.isEmpty) return const SizedBox.shrink();
    final message = pinned[shown % pinned.length];
    return ListTile(
      leading: const Icon(Icons.push_pin),
      title: Text(texts.content(message), maxLines: 1, overflow: TextOverflow.ellipsis),
      trailing: widget.room.canPin
          ? IconButton(
              onPressed: () => widget.room.pin(message),
              icon: const Icon(Icons.close),
              tooltip: words('Unpin', 'Открепить'),
            )
          : null,
      onTap: () => jump(message),
    );
  }
}
