import 'package:flutter_test/flutter_test.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'support/messages.dart';

void main() {
  /// Names are isolated, so that those of right-to-left scripts do not reorder the text.
  String plain(String text) => text.replaceAll(RegExp('[\u2068\u2069]'), '');

  Message event(String event, {Json more = const {}}) => message(
    1,
    more: {
      'type': 'system',
      'userName': 'Анна',
      'metadata': {'event': event, ...more},
    },
  );

  test('a refusal has words in both languages, and those of the backend if it is newer than the app', () {
    const refusal = Refusal('group_full');
    expect(englishTexts.refusal(refusal), 'The group is full: it has 1,000 participants.');
    expect(russianTexts.refusal(refusal), isNot(englishTexts.refusal(refusal)));
    expect(russianTexts.refusal(const Refusal('new_code', message: 'Something new.')), 'Something new.');
    expect(russianTexts.refusal(const Refusal('new_code')), 'new_code');
  });

  test('an invalid field is worded by its rule and its limit', () {
    const error = FieldError(path: 'name', message: 'must be shorter', rule: 'too_long', limit: 50);
    expect(englishTexts.field(error), 'Too long. Maximum length: 50.');
    const newer = FieldError(path: 'name', message: 'must be nicer', rule: 'too_plain');
    expect(russianTexts.field(newer), 'name must be nicer');
  });

  test('a system message is worded in the language of the user', () {
    final renamed = event('renamed', more: {'name': 'Поход'});
    expect(plain(englishTexts.content(renamed)), 'Анна renamed the group to “Поход”');
    expect(plain(russianTexts.content(renamed)), contains('Поход'));
    final left = event(
      'left',
      more: {
        'memberIds': ['boris'],
        'memberNames': ['Борис'],
      },
    );
    expect(plain(englishTexts.content(left)), 'Анна left; Борис owns the group now');
  });

  test('an event of a later version shows the words of the backend', () {
    expect(englishTexts.content(event('danced')), 'Hello');
  });

  test('a deleted message says so, and by whom', () {
    final deleted = {'deletedAt': '2026-01-05T12:00:00.000Z'};
    expect(englishTexts.content(message(1, more: deleted)), 'Message deleted');
    final byOperator = message(1, more: {...deleted, 'deletedBy': 'operator'});
    expect(englishTexts.content(byOperator), 'Deleted by the administration');
  });

  test('a message that is only a photo is called one', () {
    final photo = message(
      1,
      content: 'Foto',
      more: {
        'metadata': {'placeholder': 'photo'},
      },
    );
    expect(englishTexts.content(photo), 'Photo');
  });

  test('the assistant and deleted users have names', () {
    expect(englishTexts.author(message(1, more: {'userId': 'assistant'})), 'Assistant');
    expect(englishTexts.author(message(1, more: {'userDeleted': true})), 'Deleted user');
  });

  test('slow mode is given in the largest unit without a fraction', () {
    expect(
      [
        for (final seconds in [0, 10, 300, 3600, 90]) englishTexts.slowMode(seconds),
      ],
      ['no slow mode', 'slow mode 10 s', 'slow mode 5 min', 'slow mode 1 h', 'slow mode 90 s'],
    );
  });
}
