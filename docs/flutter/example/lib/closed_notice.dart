import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';
import 'room.dart';

/// Why the user cannot write, in place of the text box.
class ClosedNotice extends StatelessWidget {
  const ClosedNotice({super.key, required this.room});

  final Room room;

  @override
  Widget build(BuildContext context) {
    final refusal = Refusal(room.locked ? 'chat_locked' : 'posting_restricted');
    return SafeArea(top: false, child: ListTile(title: Text(texts.refusal(refusal))));
  }
}
