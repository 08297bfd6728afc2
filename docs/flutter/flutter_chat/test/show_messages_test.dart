import 'package:flutter_chat_core/flutter_chat_core.dart' as flyer;
import 'package:flutter_test/flutter_test.dart';
import 'package:group_chat_flutter_chat/group_chat_flutter_chat.dart';

flyer.Message text(String id, [String? words]) => flyer.Message.text(id: id, authorId: 'anna', text: words ?? id);

void main() {
  late flyer.InMemoryChatController controller;
  late List<flyer.ChatOperationType> operations;

  setUp(() {
    operations = [];
    controller = flyer.InMemoryChatController(messages: [text('1'), text('2'), text('3')]);
    controller.operationsStream.listen((operation) => operations.add(operation.type));
  });
  tearDown(() => controller.dispose());

  /// Shows the messages, and returns what the list has to do.
  Future<List<flyer.ChatOperationType>> show(List<flyer.Message> wanted) async {
    controller.show(wanted);
    expect(controller.messages, wanted);
    await pumpEventQueue();
    return operations;
  }

  test('nothing happens if nothing has changed', () async {
    expect(await show([text('1'), text('2'), text('3')]), isEmpty);
  });

  test('a message that has changed stays in its place', () async {
    expect(await show([text('1'), text('2', 'edited'), text('3')]), [flyer.ChatOperationType.update]);
  });

  test('a new message joins the end', () async {
    expect(await show([text('1'), text('2'), text('3'), text('4')]), [flyer.ChatOperationType.insertAll]);
  });

  test('a page of older messages joins the beginning', () async {
    final wanted = [text('-1'), text('0'), text('1'), text('2'), text('3')];
    expect(await show(wanted), [flyer.ChatOperationType.insertAll]);
  });

  test('a sent message takes the place of the unsent one', () async {
    expect(await show([text('1'), text('2'), text('sent')]), [
      flyer.ChatOperationType.remove,
      flyer.ChatOperationType.insertAll,
    ]);
  });

  test('another order is taken over', () async {
    expect(await show([text('3'), text('1'), text('2')]), [flyer.ChatOperationType.set]);
  });

  test('no messages are left of a chat without any', () async {
    expect(await show([]), everyElement(flyer.ChatOperationType.remove));
  });
}
