import 'dart:async';

import 'package:flutter/material.dart';
import 'package:flutter_chat_core/flutter_chat_core.dart' as flyer;
import 'package:flutter_chat_ui/flutter_chat_ui.dart' as flyer;
import 'package:group_chat_client/group_chat_client.dart';
import 'package:group_chat_flutter_chat/group_chat_flutter_chat.dart';

import 'attach_menu.dart';
import 'backend.dart';
import 'composer.dart';
import 'message_builders.dart';
import 'message_menu.dart';
import 'room.dart';

/// The messages of the chat, then the answers that the assistant is writing, then my unsent messages, in flutter_chat_ui.
class MessageList extends StatefulWidget {
  const MessageList({super.key, required this.room});

  final Room room;

  @override
  State<MessageList> createState() => _MessageListState();
}

class _MessageListState extends State<MessageList> {
  late final room = widget.room;
  late final chat = room.chat;
  late final changes = Listenable.merge([chat, room.deletions]);
  late final AppLifecycleListener lifecycle;
  final controller = flyer.InMemoryChatController();

  /// Whether no other page or menu is above the chat.
  bool isInFront = false;

  @override
  void initState() {
    super.initState();
    changes.addListener(follow);
    lifecycle = AppLifecycleListener(onResume: markRead);
    follow();
  }

  @override
  void didChangeDependencies() {
    super.didChangeDependencies();
    isInFront = ModalRoute.of(context)?.isCurrent ?? true;
    markRead();
  }

  @override
  void dispose() {
    changes.removeListener(follow);
    lifecycle.dispose();
    controller.dispose();
    super.dispose();
  }

  void follow() {
    controller.show([
      for (final message in chat.reader.messages) room.shown(message),
      for (final MapEntry(key: id, value: text) in chat.drafts.entries)
        flyer.Message.text(id: id, authorId: 'assistant', text: '$text…'),
      for (final outgoing in chat.outbox.all) outgoing.toFlutterChatMessage(userId: chat.userId),
    ]);
    markRead();
  }

  /// Nobody reads what arrives while the app is in the background or another page is above the chat.
  void markRead() {
    final state = WidgetsBinding.instance.lifecycleState;
    final newest = chat.reader.messages.lastOrNull;
    final isVisible = isInFront && (state == null || state == AppLifecycleState.resumed);
    if (newest != null && isVisible) chat.markRead(newest.seq);
  }

  void openMenu(BuildContext context, flyer.Message shown) {
    final message = chat.reader.find(shown.id);
    if (message != null && message.deletedAt == null) unawaited(showMessageMenu(context, room, message));
  }

  @override
  Widget build(BuildContext context) => flyer.Chat(
    // Otherwise the list would keep space for a text box that is gone.
    key: ValueKey(room.canWrite),
    currentUserId: chat.userId,
    resolveUser: room.resolveUser,
    userCache: room.users,
    chatController: controller,
    theme: flyer.ChatTheme.fromThemeData(Theme.of(context)),
    builders: messageBuilders(room).copyWith(
      chatAnimatedListBuilder: (context, itemBuilder) => flyer.ChatAnimatedListReversed(
        itemBuilder: itemBuilder,
        onEndReached: chat.loadOlder,
        handleSafeArea: room.canWrite,
      ),
      composerBuilder: (context) => Composer(key: room.composer, room: room),
    ),
    onMessageLongPress: (context, message, {required index, required details}) => openMenu(context, message),
    onMessageSend: (_) => room.composer.currentState?.send(),
    onAttachmentTap: () => showAttachMenu(context, room),
  );
}
