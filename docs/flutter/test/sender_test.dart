import 'dart:async';

import 'package:flutter_test/flutter_test.dart';
import 'package:group_chat_client/group_chat_client.dart';
import 'package:group_chat_client/src/realtime/sender.dart';

void main() {
  late Outbox outbox;
  late Sender sender;
  late bool isConnected;
  late List<String> posted;
  late List<String> uploaded;

  setUp(() {
    outbox = Outbox();
    isConnected = true;
    posted = [];
    uploaded = [];
    sender = Sender(
      outbox,
      post: (message) {
        if (isConnected) posted.add(message.content);
        return isConnected;
      },
      upload: (message) async {
        uploaded.add(message.content);
        for (final file in message.draft.files) {
          file.id = 'file';
        }
        return null;
      },
    );
  });
  tearDown(() => sender.stop());

  Outgoing write(String content, {List<LocalFile> files = const []}) {
    final message = Outgoing(MessageDraft(content, files: files));
    outbox.add(message);
    return message;
  }

  LocalFile file() => LocalFile(key: 'sea.jpg', name: 'sea.jpg', mimeType: 'image/jpeg', size: 3);

  test('sends the next message when the one before is stored', () {
    final first = write('first');
    final second = write('second');
    expect(posted, ['first']);
    expect((first.sending, second.sending), (true, false));
    sender.remove([first.clientId]);
    expect(posted, ['first', 'second']);
    expect(outbox.all, [second]);
  });

  test('keeps the order without a connection, and sends when it is back', () {
    isConnected = false;
    final first = write('first');
    write('second');
    expect(posted, isEmpty);
    expect(first.sending, isFalse);
    isConnected = true;
    sender.transmit();
    expect(posted, ['first']);
  });

  test('sends a message again after the connection was lost, with the same id', () {
    final first = write('first');
    sender.disconnected();
    expect(first.sending, isFalse);
    sender.transmit();
    expect(posted, ['first', 'first']);
    expect(outbox.all.single.clientId, first.clientId);
  });

  test('a message that is refused for good lets the next one go out', () {
    final first = write('first');
    write('second');
    sender.refused(first.clientId, const Refusal('blocked'));
    expect(first.refusal?.code, 'blocked');
    expect(posted, ['first', 'second']);
  });

  test('a refused message goes out again when the user asks for it', () {
    final first = write('first');
    sender.refused(first.clientId, const Refusal('blocked'));
    outbox.retry(first.clientId);
    expect(first.refusal, isNull);
    expect(posted, ['first', 'first']);
  });

  test('a message waits for the end of slow mode, and so do those behind it', () async {
    final again = Completer<void>();
    final first = write('first');
    write('second');
    outbox.addListener(() {
      if (first.sending && !again.isCompleted) again.complete();
    });
    sender.refused(first.clientId, const Refusal('too_many_requests', retryAfter: Duration(seconds: 1)));
    expect(first.sending, isFalse);
    expect(posted, ['first']);
    expect(sender.notBefore.isAfter(DateTime.now()), isTrue);
    await again.future;
    expect(posted, ['first', 'first']);
  });

  test('a late answer to a settled message changes nothing', () {
    final first = write('first');
    final second = write('second');
    sender.remove([first.clientId]);
    sender.refused(first.clientId, const Refusal('blocked'));
    expect(second.refusal, isNull);
    expect(posted, ['first', 'second']);
  });

  test('refuses a message that is too long, as the backend would', () {
    final long = write('a' * (maxCharacters + 1));
    expect(posted, isEmpty);
    expect(long.refusal?.fields['content']?.rule, 'too_long');
    // The backend counts code points.
    write('👍' * maxCharacters);
    expect(posted, hasLength(1));
  });

  test('leaves a message to the user that is older than a day', () {
    final old = write('old')..writtenAt = DateTime.now().subtract(const Duration(days: 2));
    sender.disconnected();
    sender.transmit();
    expect(old.refusal?.code, 'no_answer');
  });

  test('uploads the files of a message before it is sent', () async {
    final uploadedFirst = write('photo', files: [file()]);
    write('after it');
    expect(posted, isEmpty);
    await pumpEventQueue();
    expect(uploaded, ['photo']);
    expect(posted, ['photo']);
    expect(uploadedFirst.draft.fileIds, ['file']);
  });

  test('uploads files once more that the backend does not have any more', () async {
    final photo = write('photo', files: [file()]);
    await pumpEventQueue();
    sender.refused(photo.clientId, const Refusal('file_refused'));
    await pumpEventQueue();
    expect(uploaded, ['photo', 'photo']);
    expect(posted, ['photo', 'photo']);
    sender.refused(photo.clientId, const Refusal('file_refused'));
    expect(photo.refusal?.code, 'file_refused');
  });

  test('all messages fail when the chat has ended', () {
    final first = write('first');
    final second = write('second');
    sender.end('not_a_participant');
    expect([first.refusal?.code, second.refusal?.code], ['not_a_participant', 'not_a_participant']);
  });

  test('messages go out again when the chat is there again, and those that failed only if the user asks for it', () {
    sender.end('not_a_participant');
    final failed = write('failed');
    expect(failed.refusal?.code, 'not_a_participant');
    sender.resume();
    write('next');
    expect(posted, ['next']);
  });
}
