import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';
import 'room.dart';

/// The `@` and the letters that the user has typed just now. Names may have spaces.
final _typed = RegExp(r'(?:^|\s)@([^@\n]{0,30})$');

/// Puts a name in place of what was typed after the `@`.
TextEditingValue withMention(TextEditingValue value, String name) {
  final TextEditingValue(:text, :selection) = value;
  final typed = '${text.substring(0, text.lastIndexOf('@', selection.start))}@$name ';
  return TextEditingValue(
    text: '$typed${text.substring(selection.start)}',
    selection: TextSelection.collapsed(offset: typed.length),
  );
}

/// The members whose names begin with what the user has typed after an `@`.
class MentionList extends StatelessWidget {
  const MentionList({super.key, required this.room, required this.before, required this.onMember, required this.onAll});

  final Room room;

  /// The text before the cursor.
  final String before;
  final void Function(Member member) onMember;
  final void Function() onAll;

  @override
  Widget build(BuildContext context) {
    final query = _typed.firstMatch(before)?[1]?.toLowerCase();
    if (query == null) return const SizedBox.shrink();
    bool matches(String name) => name.toLowerCase().startsWith(query);
    return ConstrainedBox(
      constraints: const BoxConstraints(maxHeight: 200),
      child: ListView(
        shrinkWrap: true,
        children: [
          if (room.canMentionAll && matches(texts.everyone)) ListTile(title: Text('@${texts.everyone}'), onTap: onAll),
          for (final member in room.members)
            if (member.userId != room.chat.userId && matches(member.name))
              ListTile(title: Text('@${member.name}'), onTap: () => onMember(member)),
        ],
      ),
    );
  }
}
