import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';
import 'room.dart';

/// The line below a chat's name: the people typing, or else how many are online or when the other person was last seen.
class StatusLine extends StatefulWidget {
  const StatusLine({super.key, required this.room, required this.presence});

  final Room room;
  final PresenceWatch presence;

  @override
  State<StatusLine> createState() => _StatusLineState();
}

class _StatusLineState extends State<StatusLine> {
  late final changes = Listenable.merge([typing, widget.room, widget.presence]);

  @override
  Widget build(BuildContext context) => ListenableBuilder(
    listenable: changes,
    builder: (context, _) => Text(writing() ?? connected(), style: Theme.of(context).textTheme.bodySmall),
  );

  String? writing() {
    final room = widget.room;
    final writers = typing.of(room.chat.chatId);
    if (writers.isEmpty) return null;
    if (!room.isGroup) return words('typing…', 'печатает…');
    final names = writers.map((userId) => room.nameOf(userId) ?? texts.somebody);
    return '${names.join(', ')}: ${words('typing…', 'печатает…')}';
  }

  String connected() {
    final users = widget.presence.users;
    if (users.isEmpty) return '';
    final otherId = widget.room.otherId;
    if (otherId == null) {
      final count = users.where((user) => user.connected).length;
      return words('$count online', 'в сети: $count');
    }
    final other = widget.presence.of(otherId);
    if (other == null) return '';
    return other.connected ? words('online', 'в сети') : lastSeen(other.lastSeen);
  }

  String lastSeen(DateTime? time) {
    if (time == null) return words('last seen a long time ago', 'был(а) в сети давно');
    final local = time.toLocal();
    final date = MaterialLocalizations.of(context).formatShortDate(local);
    final clock = TimeOfDay.fromDateTime(local).format(context);
    return words('last seen on $date at $clock', 'был(а) в сети $date в $clock');
  }
}
