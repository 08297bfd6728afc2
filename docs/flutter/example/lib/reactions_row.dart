import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';
import 'room.dart';

/// The reactions to a message. A tap adds the user's own or takes it back, a long press says who reacted.
class ReactionsRow extends StatelessWidget {
  const ReactionsRow({super.key, required this.room, required this.message});

  final Room room;
  final Message message;

  @override
  Widget build(BuildContext context) => GestureDetector(
    onLongPress: () => attempt(() => _showAll(context)),
    child: Wrap(
      spacing: 4,
      children: [
        for (final Reaction(:emoji, :count, :userIds) in message.reactions)
          FilterChip(
            label: Text('$emoji $count'),
            showCheckmark: false,
            selected: userIds.contains(room.chat.userId),
            onSelected: (_) => room.react(message, emoji),
          ),
      ],
    ),
  );

  /// The message itself names only the first 20 people of each emoji.
  Future<void> _showAll(BuildContext context) async {
    final reactions = await api.listReactions(room.chat.chatId, message.id);
    if (!context.mounted) return;
    await showModalBottomSheet<void>(
      context: context,
      builder: (context) => ListView(
        shrinkWrap: true,
        children: [
          for (final Reaction(:emoji, :userIds) in reactions)
            for (final userId in userIds)
              ListTile(leading: Text(emoji), title: Text(room.nameOf(userId) ?? texts.somebody)),
        ],
      ),
    );
  }
}
