import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'file_tile.dart';
import 'picture_view.dart';
import 'voice_view.dart';

/// A file of a message, as its kind is shown.
class AttachmentView extends StatelessWidget {
  const AttachmentView({super.key, required this.attachment, required this.onExpired});

  final Attachment attachment;

  /// Called when the user taps a file that could not be loaded. Its URL may have expired: read the message again.
  final VoidCallback onExpired;

  @override
  Widget build(BuildContext context) => switch (attachment) {
    Attachment(isPicture: true) => PictureView(attachment: attachment, onExpired: onExpired),
    Attachment(isVoice: true) => VoiceView(attachment: attachment, onExpired: onExpired),
    _ => FileTile(attachment: attachment, onExpired: onExpired),
  };
}
