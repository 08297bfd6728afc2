import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

/// The files of the message that the user is writing.
class FileList extends StatelessWidget {
  const FileList({super.key, required this.files, required this.onRemove});

  final List<LocalFile> files;
  final void Function(LocalFile file) onRemove;

  @override
  Widget build(BuildContext context) => Wrap(
    spacing: 8,
    children: [
      for (final file in files)
        InputChip(
          avatar: const Icon(Icons.attach_file),
          label: Text(file.name, overflow: TextOverflow.ellipsis),
          onDeleted: () => onRemove(file),
        ),
    ],
  );
}
