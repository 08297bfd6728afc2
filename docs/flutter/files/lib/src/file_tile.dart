import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'download.dart';

/// Any other file of a message. A tap downloads it and opens it in an app of the phone, which can also save it.
class FileTile extends StatefulWidget {
  const FileTile({super.key, required this.attachment, required this.onExpired});

  final Attachment attachment;
  final VoidCallback onExpired;

  @override
  State<FileTile> createState() => _FileTileState();
}

class _FileTileState extends State<FileTile> {
  /// The share that is downloaded. Null while nothing is.
  double? progress;

  Future<void> open() async {
    if (progress != null) return;
    setState(() => progress = 0);
    try {
      await openAttachment(widget.attachment, onProgress: follow);
    } on FormatException catch (error) {
      if (mounted) ScaffoldMessenger.of(context).showSnackBar(SnackBar(content: Text(error.message)));
    } on Object {
      widget.onExpired();
    }
    if (mounted) setState(() => progress = null);
  }

  void follow(double share) {
    if (mounted) setState(() => progress = share);
  }

  @override
  Widget build(BuildContext context) {
    final Attachment(:name, :size, :isVideo) = widget.attachment;
    return ListTile(
      leading: progress == null
          ? Icon(isVideo ? Icons.play_circle : Icons.insert_drive_file)
          : CircularProgressIndicator(value: progress),
      title: Text(name, maxLines: 2, overflow: TextOverflow.ellipsis),
      subtitle: Text('${(size / 1000000).toStringAsFixed(1)} MB'),
      onTap: open,
    );
  }
}
