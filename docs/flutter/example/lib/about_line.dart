import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';

/// The message that is being edited or replied to, above the text box.
class AboutLine extends StatelessWidget {
  const AboutLine({super.key, required this.message, required this.isEdited, required this.onCancel});

  /// Null if it is not known.
  final Message? message;
  final bool isEdited;
  final VoidCallback onCancel;

  @override
  Widget build(BuildContext context) {
    final text = switch (message) {
      null => '',
      final message => texts.content(message),
    };
    return ListTile(
      leading: Icon(isEdited ? Icons.edit : Icons.reply),
      title: Text(text, maxLines: 1, overflow: TextOverflow.ellipsis),
      trailing: IconButton(onPressed: onCancel, icon: const Icon(Icons.close), tooltip: words('Cancel', 'Отмена')),
    );
  }
}
