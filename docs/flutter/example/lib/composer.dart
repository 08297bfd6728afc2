import 'package:flutter/material.dart';
import 'package:flutter_chat_ui/flutter_chat_ui.dart' as flyer;
import 'package:group_chat_client/group_chat_client.dart';
import 'package:group_chat_files/group_chat_files.dart';

import 'about_line.dart';
import 'backend.dart';
import 'file_list.dart';
import 'mention_list.dart';
import 'room.dart';

/// The text box of flutter_chat_ui, for new messages and for edits.
class Composer extends StatefulWidget {
  const Composer({super.key, required this.room});

  final Room room;

  @override
  State<Composer> createState() => ComposerState();
}

class ComposerState extends State<Composer> {
  /// The text boxes of the chats that are open, by the id of the chat.
  static final _open = <String, ComposerState>{};

  /// Adds files to what the user is writing in a chat. Preparing photos takes a while: if the text box is gone or edits
  /// a message by then, the draft of the user who chose them gets them.
  static void attach(Unsent chooser, String chatId, List<LocalFile> chosen) {
    final composer = _open[chatId];
    final isHere = composer != null && composer.editing == null && chooser == unsent;
    if (isHere) return composer._attach(chosen);
    final draft = chooser.draftOf(chatId);
    chooser.keepDraft(chatId, draft.withFiles([...draft.files, ...chosen].take(FileChoice.maxFiles).toList()));
  }

  late final chat = widget.room.chat;
  final text = TextEditingController();
  final focus = FocusNode();

  /// Chosen from the list. A mention counts while its name is in the text.
  final mentioned = <String>{};
  bool everyone = false;
  String? replyToId;
  final files = <LocalFile>[];

  /// Instead of writing a new one.
  Message? editing;

  /// The text in the box, as far as it is stored.
  String known = '';

  @override
  void initState() {
    super.initState();
    restore(unsent.draftOf(chat.chatId));
    text.addListener(type);
    _open[chat.chatId] = this;
  }

  @override
  void dispose() {
    if (_open[chat.chatId] == this) _open.remove(chat.chatId);
    text.dispose();
    focus.dispose();
    super.dispose();
  }

  MessageDraft get draft => MessageDraft(
    text.text,
    replyToId: replyToId,
    mentions: mentioned.where((userId) => isInText(widget.room.nameOf(userId))).toList(),
    everyone: everyone && isInText(texts.everyone),
    files: [...files],
  );

  /// Beside files the text may be empty.
  bool get hasFiles => editing?.attachments.isNotEmpty ?? files.isNotEmpty;

  /// A name that is not known yet may be there.
  bool isInText(String? name) => name == null || text.text.contains('@$name');

  void restore(MessageDraft draft) {
    text.text = known = draft.content;
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
    // Only the cursor has moved.
    if (text.text == known) return setState(() {});
    known = text.text;
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

  void _attach(List<LocalFile> chosen) {
    files.addAll(chosen);
    if (files.length > FileChoice.maxFiles) files.length = FileChoice.maxFiles;
    keep();
  }

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

  Future<void> send() async {
    // It goes out as it was typed. Blank text is not sent, and what is too long stays in the box.
    final content = text.text;
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
    if (!canWrite && editing == null) return const SizedBox.shrink();
    return flyer.Composer(
      textEditingController: text,
      focusNode: focus,
      hintText: [words('Message', 'Сообщение'), if (isSlow) texts.slowMode(slowModeSeconds)].join(', '),
      topWidget: Material(type: MaterialType.transparency, child: above()),
      attachmentIcon: editing != null ? null : const Icon(Icons.attach_file),
      sendButtonVisibilityMode: hasFiles
          ? flyer.SendButtonVisibilityMode.always
          : flyer.SendButtonVisibilityMode.disabled,
      allowEmptyMessage: hasFiles,
      // It is emptied once the message is in the outbox.
      inputClearMode: flyer.InputClearMode.never,
    );
  }

  /// The names that can be mentioned, what is being edited or replied to, and the files.
  Widget above() {
    final TextEditingValue(text: content, :selection) = text.value;
    return Column(
      children: [
        MentionList(
          room: widget.room,
          before: selection.isValid ? content.substring(0, selection.start) : '',
          onMember: (member) {
            mentioned.add(member.userId);
            text.value = withMention(text.value, member.name);
          },
          onAll: () {
            everyone = true;
            text.value = withMention(text.value, texts.everyone);
          },
        ),
        if (editing != null || replyToId != null)
          AboutLine(message: chat.reader.find(editing?.id ?? replyToId), isEdited: editing != null, onCancel: cancel),
        FileList(files: files, onRemove: remove),
      ],
    );
  }
}
