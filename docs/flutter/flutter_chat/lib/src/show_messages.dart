import 'dart:async';

import 'package:flutter_chat_core/flutter_chat_core.dart' as flyer;

extension ShowMessages on flyer.InMemoryChatController {
  /// Shows exactly these messages. One that has changed stays in its place, and the list where it is scrolled to:
  /// `setMessages` would take the message out, put the new one in, and scroll to the end.
  void show(List<flyer.Message> wanted) {
    final wantedIds = {for (final message in wanted) message.id};
    final gone = messages.where((message) => !wantedIds.contains(message.id)).toList();
    // This controller has done its work when a method returns, before the future completes.
    for (final message in gone) {
      unawaited(removeMessage(message, animated: false));
    }
    final shownIds = {for (final message in messages) message.id};
    var index = 0;
    while (index < wanted.length) {
      if (index < messages.length && messages[index].id == wanted[index].id) {
        if (messages[index] != wanted[index]) unawaited(updateMessage(messages[index], wanted[index]));
        index++;
        continue;
      }
      final added = wanted.skip(index).takeWhile((message) => !shownIds.contains(message.id)).toList();
      // Those that are shown have another order now.
      if (added.isEmpty) return unawaited(setMessages(wanted, animated: false));
      // A message that was sent takes the place of the unsent one, which nobody should see.
      unawaited(insertAllMessages(added, index: index, animated: gone.isEmpty && shownIds.isNotEmpty));
      index += added.length;
    }
  }
}
