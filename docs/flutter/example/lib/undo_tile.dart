import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';

/// Stands in for a message that the user has just deleted.
class UndoTile extends StatelessWidget {
  const UndoTile({super.key, required this.deletions, required this.messageId});

  final Deletions deletions;
  final String messageId;

  @override
  Widget build(BuildContext context) => ListenableBuilder(
    listenable: deletions,
    builder: (context, _) => Row(
      mainAxisSize: MainAxisSize.min,
      children: [
        Text(texts.messageDeleted),
        if (deletions.canUndo(messageId))
          TextButton(onPressed: () => deletions.undo(messageId), child: Text(words('Undo', 'Вернуть'))),
      ],
    ),
  );
}
