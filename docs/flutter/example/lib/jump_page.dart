import 'dart:async';

import 'package:flutter/material.dart';
import 'package:flutter_chat_core/flutter_chat_core.dart' as flyer;
import 'package:flutter_chat_ui/flutter_chat_ui.dart' as flyer;
import 'package:group_chat_client/group_chat_client.dart';
import 'package:group_chat_flutter_chat/group_chat_flutter_chat.dart';

import 'backend.dart';
import 'message_builders.dart';
import 'room.dart';

/// Shows an original, a hit or a pinned message among those around it, however old it is.
Future<void> jumpTo(BuildContext context, Room room, int seq) => Navigator.of(context).push(
  MaterialPageRoute<void>(
    builder: (_) => JumpPage(room: room, seq: seq),
  ),
);

class JumpPage extends StatefulWidget {
  const JumpPage({super.key, required this.room, required this.seq});

  final Room room;
  final int seq;

  @override
  State<JumpPage> createState() => _JumpPageState();
}

class _JumpPageState extends State<JumpPage> {
  late final room = widget.room;
  late final chat = room.chat;
  final controller = flyer.InMemoryChatController();
  List<Message> messages = const [];

  @override
  void initState() {
    super.initState();
    chat.addListener(follow);
    unawaited(load());
  }

  @override
  void dispose() {
    chat.removeListener(follow);
    controller.dispose();
    super.dispose();
  }

  /// The list has no gaps, so these messages are not in it, but they change as those of the list do.
  void follow() => controller.show([for (final message in messages) room.shown(chat.reader.stateOf(message))]);

  Future<void> load() => attempt(() async {
    messages = await chat.around(widget.seq);
    if (!mounted) return;
    follow();
    final target = messages.where((message) => message.seq == widget.seq).firstOrNull;
    if (target == null) return;
    // The list has the messages after its next frame.
    await WidgetsBinding.instance.endOfFrame;
    await controller.scrollToMessage(target.id, alignment: 0.5);
  });

  @override
  Widget build(BuildContext context) => Scaffold(
    appBar: AppBar(),
    body: flyer.Chat(
      currentUserId: chat.userId,
      resolveUser: room.resolveUser,
      userCache: room.users,
      chatController: controller,
      theme: flyer.ChatTheme.fromThemeData(Theme.of(context)),
      builders: messageBuilders(room).copyWith(
        chatAnimatedListBuilder: (context, itemBuilder) => flyer.ChatAnimatedListReversed(itemBuilder: itemBuilder),
        composerBuilder: (context) => const SizedBox.shrink(),
      ),
    ),
  );
}
