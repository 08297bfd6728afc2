import { beforeEach, describe, expect, test } from 'vitest';
import { listSuggestions } from '#shared/contract/ai/list-suggestions.ts';
import { createMeeting } from '#shared/contract/google/create-meeting.ts';
import { call } from '../../support/call.ts';
import { connect, newGroup } from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';
import { google } from '../../support/stand-ins/google.ts';
import { openai } from '../../support/stand-ins/openai.ts';
import { linked } from '../google/linked.ts';
import { askAbout, say, scene } from './scene.ts';

const evil = 'https://meet.google.com/evl-evil-evl';

/** The answer to a question, of a model that writes this. */
async function answerOf(written: string, question?: string): Promise<string> {
  const { anna, chatId } = await scene();
  openai.behave({ pieces: [written] });
  return (await askAbout(anna, chatId, question)).body.message.content;
}

beforeEach(() => google.behave());

describe('an answer', () => {
  test.each([
    evil,
    'meet.google.com/evl-evil-evl',
    'MEET.GOOGLE.COM/x',
    `(${evil}).`,
    `[Join](${evil})`,
    'meet.google.com.evil.example/a',
    'https://meet.google.com@evil.example/',
    'https://evil.example/?u=meet%2Egoogle%2Ecom',
    'https://evil.example/evl-evil-evl',
    'meet-google.com/a',
    'google.com/meet',
    'g.co/meet/a',
    'meet.goog1e.com/a',
    'meet.googIe.com/a',
    'rneet.google.com/a',
    'мeet.gооgle.com/a',
    'ｍｅｅｔ．google.com',
    'meet。google。com',
    'meet[.]google[.]com',
    'me\u200bet.goo\u200dgle.com',
    'https://xn--met-ida.google.example',
  ])('has no link to a meeting from the model: %s', async (link) => {
    expect(await answerOf(`Join ${link} now`)).toBe('Join [link removed] now');
  });

  test('says so in Russian to a question in Russian', async () => {
    expect(await answerOf(`Заходи: ${evil}`, 'Где встреча?')).toBe('Заходи: [ссылка удалена]');
  });

  test('keeps other links and words', async () => {
    const text =
      'Meet. Google says https://example.com/meet and docs.google.com; Google Meet is fine.\n1.5 km, e.g. here';
    expect(await answerOf(text)).toBe(text);
  });

  test('has no characters that are invisible or turn the text around', async () => {
    expect(await answerOf('a\u202eb\u2066c\u200fd\u0007e\u001b[31mf\u00adg\u{e0041}h\u2028i\r\nj\u200dk')).toBe(
      'abcde[31mfgh\ni\njk',
    );
  });

  test('keeps emoji and the joiners of scripts that need them', async () => {
    const text = '👨‍👩‍👧 ❤️ 🏳️‍🌈 می‌خواهم क्‍ष';
    expect(await answerOf(text)).toBe(text);
  });

  test('may repeat the link of a meeting that was opened in the chat', async () => {
    const anna = await linked();
    const { id: chatId } = await newGroup(anna);
    const { meetUrl } = (await call(createMeeting, anna, { body: { chatId } })).body;
    openai.behave({ pieces: [`It is (${meetUrl}), not ${evil}.`] });
    const { body } = await askAbout(anna, chatId, 'What is the link?');
    expect(body.message.content).toBe(`It is (${meetUrl}), not [link removed]`);
  });

  test('has no link from the model while it is being written either', async () => {
    const { anna, boris, chatId } = await scene();
    const watching = await connect(boris, chatId, { events: '1' });
    const pieces = [
      'Join ',
      'https://meet',
      '.google',
      '.com/evl',
      '-evil-evl',
      ' now, ',
      '\u202eplease',
      ' do ',
      'it.',
    ];
    openai.behave({ pieces, pause: 250 });
    const { body } = await askAbout(anna, chatId);
    const shown = standIn.received(watching).map(({ delta = '' }) => delta);
    expect(shown.join('')).toBe('Join [link removed] now, please do ');
    expect(body.message.content).toBe('Join [link removed] now, please do it.');
  });
});

describe('suggestions', () => {
  test('are without links to meetings and invisible characters', async () => {
    const { anna, chatId } = await scene();
    await say(anna, chatId, 'Lake?');
    openai.behave({
      pieces: [JSON.stringify({ suggestions: [`Join ${evil}`, '\u202eYes\u2066', '\u200b', 'Later'] })],
    });
    const { body } = await call(listSuggestions, anna, { query: { chatId } });
    expect(body.suggestions).toMatchObject([{ content: 'Yes' }, { content: 'Later' }]);
  });
});
