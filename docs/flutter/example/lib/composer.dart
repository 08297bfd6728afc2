import 'dart:async';

import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';
import 'file_list.dart';
import 'mention_list.dart';
import 'room.dart';

/// The text box, for new messages and for edits.
class Composer extends StatefulWidget {
  const Composer({super.key, required this.room});

  final Room room;

  @override
  State<Composer> createState() => ComposerState();
}

class ComposerState extends State<Composer> {
  late final chat = widget.room.chat;
  final text = TextEditingController();

  /// Who was chosen from the list. A mention counts while its name is in the text.
  final mentioned = <String>{};
  bool everyone = false;
  String? replyToId;

  /// The files of the message. Another package lets the user choose them.
  final files = <LocalFile>[];

  /// The message that is being edited, instead of a new one.
  Message? editing;

  @override
  void initState() {
    super.initState();
    restore(unsent.draftOf(chat.chatId));
  }

  @override
  void dispose() {
    text.dispose();
    super.dispose();
  }

  MessageDraft get draft => MessageDraft(
    text.text,
    replyToId: replyToId,
    mentions: mentioned.where((userId) => isInText(widget.room.nameOf(userId))).toList(),
    everyone: everyone && isInText(texts.everyone),
    files: [...files],
  );

  /// A name that is not known yet may be there.
  bool isInText(String? name) => name == null || text.text.contains('@$name');

  void restore(MessageDraft draft) {
    text.text = draft.content;
    mentioned
      ..clear()
      ..addAll(draft.mentions);
    everyone = draft.everyone;
    replyToId = draft.replyToId;
    files
      ..clear()
      ..addAll(draft.files);
    editing = null;
  }

  /// Stores what the user has typed, so that it survives a restart.
  void keep() {
    setState(() {});
    if (editing == null) unsent.keepDraft(chat.chatId, draft);
  }

  /// The user has typed something. The others see that, unless it is an edit.
  void type() {
    keep();
    if (editing == null) typing.write(chat.chatId);
  }

  void reply(Message message) {
    if (!widget.room.canWrite) return;
    if (editing != null) restore(unsent.draftOf(chat.chatId));
    replyToId = message.id;
    keep();
  }

  void edit(Message message) => setState(() {
    // Without a text, the content only says that there is a photo.
    final text = message.metadata?.placeholder == null ? message.content : '';
    restore(MessageDraft(text, mentions: message.mentions, everyone: message.everyone == true));
    editing = message;
  });

  void remove(LocalFile file) {
    files.remove(file);
    keep();
  }

  /// Gives up the edit, or the reply but not its text.
  void cancel() {
    if (editing == null) {
      replyToId = null;
    } else {
      restore(unsent.draftOf(chat.chatId));
    }
    keep();
  }

  /// Puts a name in place of what was typed after the `@`.
  void mention(String name) {
    final TextEditingValue(text: content, :selection) = text.value;
    final before = content.substring(0, content.lastIndexOf('@', selection.start));
    final typed = '$before@$name ';
    text.value = TextEditingValue(
      text: '$typed${content.substring(selection.start)}',
      selection: TextSelection.collapsed(offset: typed.length),
    );
    keep();
  }

  Future<void> send() async {
    // The message goes out as it was typed. Blank text is not sent, and what is too long stays in the box.
    final content = text.text;
    final hasFiles = editing?.attachments.isNotEmpty ?? files.isNotEmpty;
    if (content.trim().isEmpty && (content.isNotEmpty || !hasFiles)) return;
    if (isTooLong(content)) return show('${content.runes.length} / $maxCharacters');
    final message = editing;
    if (message != null) return saveEdit(message);
    chat.send(draft);
    setState(() => restore(const MessageDraft('')));
  }

  /// The text stays in the box if the edit fails.
  Future<void> saveEdit(Message message) async {
    final MessageDraft(:content, :mentions, :everyone) = draft;
    final done = await widget.room.change(
      () => api.editMessage(chat.chatId, message.id, content: content, mentions: mentions, everyone: everyone),
    );
    if (done && mounted && editing == message) cancel();
  }

  @override
  Widget build(BuildContext context) {
    final Room(:canWrite, :isSlow, :slowModeSeconds) = widget.room;
    // What was written before the rule may still be edited.
    if (!canWrite && editing == null) {
      final refusal = Refusal(widget.room.locked ? 'chat_locked' : 'posting_restricted');
      return SafeArea(child: ListTile(title: Text(texts.refusal(refusal))));
    }
    final TextEditingValue(text: content, :selection) = text.value;
    final about = chat.reader.find(editing?.id ?? replyToId);
    return SafeArea(
      child: Column(
        children: [
          MentionList(
            room: widget.room,
            before: selection.isValid ? content.substring(0, selection.start) : '',
            onMember: (member) {
              mentioned.add(member.userId);
              mention(member.name);
            },
            onAll: () {
              everyone = true;
              mention(texts.everyone);
            },
          ),
          if (editing != null || replyToId != null)
            ListTile(
              leading: Icon(editing == null ? Icons.reply : Icons.edit),
              title: Text(about == null ? '' : texts.content(about), maxLines: 1, overflow: TextOverflow.ellipsis),
              trailing: IconButton(onPressed: cancel, icon: const Icon(Icons.close), tooltip: 'Cancel'),
            ),
          FileList(files: files, onRemove: remove),
          Row(
            children: [
              Expanded(
                child: TextField(
                  controller: text,
                  onChanged: (_) => type(),
                  onSubmitted: (_) => unawaited(send()),
                  decoration: InputDecoration(
                    hintText: isSlow ? 'Message, ${texts.slowMode(slowModeSeconds)}' : 'Message',
                  ),
                ),
              ),
              IconButton(onPressed: send, icon: const Icon(Icons.send)),
            ],
          ),
        ],
      ),
    );
  }
}
