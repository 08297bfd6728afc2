import 'package:flutter_test/flutter_test.dart';
import 'package:group_chat_push/src/push_data.dart';
import 'package:group_chat_push/src/unread_numbers.dart';

void main() {
  const values = {'chatId': 'chat', 'seq': '7', 'rev': '0', 'unread': '2', 'type': 'mention'};

  test('reads what the backend sends, and survives a notification of the phone', () {
    final push = PushData.decode(PushData.read(values)?.encode());
    expect((push?.chatId, push?.seq, push?.unread, push?.type), ('chat', 7, 2, 'mention'));
  });

  test('leaves notifications of other senders alone', () {
    expect(PushData.read({'campaign': 'spring'}), isNull);
    expect(PushData.decode(null), isNull);
  });

  test('the badge is the sum of all chats, and a push replaces the number of its own', () {
    final numbers = UnreadNumbers({'a': 2, 'b': 0, 'c': 3});
    expect(numbers.total, 5);
    expect(numbers.replace('a', 4).total, 7);
    expect(numbers.replace('a', 0).total, 3);
    expect(UnreadNumbers.decode(numbers.encode()).total, 5);
  });

  test('numbers that cannot be read count as none', () {
    expect(UnreadNumbers.decode('{').total, 0);
    expect(UnreadNumbers.decode(null).total, 0);
  });

  test('knows which chats were read on another device', () {
    final before = UnreadNumbers({'a': 2, 'b': 1});
    expect(before.readBy(UnreadNumbers({'a': 3})), ['b']);
  });
}
