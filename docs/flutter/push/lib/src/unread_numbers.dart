import 'dart:convert';

/// How much is unread in each chat. Chats without anything unread are left out.
class UnreadNumbers {
  UnreadNumbers(Map<String, int> numbers)
    : _numbers = {
        for (final MapEntry(key: chatId, value: unread) in numbers.entries)
          if (unread > 0) chatId: unread,
      };

  /// Reads the text of [encode]. An unreadable text counts as empty, because the numbers are soon written again.
  factory UnreadNumbers.decode(String? text) {
    try {
      return UnreadNumbers((jsonDecode(text ?? '{}') as Map<String, dynamic>).cast());
    } on Object {
      return UnreadNumbers({});
    }
  }

  final Map<String, int> _numbers;

  /// The number on the app's icon.
  int get total => _numbers.values.fold(0, (sum, unread) => sum + unread);

  UnreadNumbers replace(String chatId, int unread) => UnreadNumbers({..._numbers, chatId: unread});

  /// The chats that had unread messages, and have none according to newer numbers.
  Iterable<String> readBy(UnreadNumbers newer) => _numbers.keys.where((chatId) => !newer._numbers.containsKey(chatId));

  /// The notification service extension of iOS reads and writes the same text.
  String encode() => jsonEncode(_numbers);
}
