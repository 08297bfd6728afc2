import { expect, test } from 'vitest';
import { maxBytesOf, typeOf } from '../../../../../infra/local/playground/client/files/file-types.ts';
import { peaks } from '../../../../../infra/local/playground/client/files/waveform.ts';
import { en } from '../../../../../infra/local/playground/texts/en/index.ts';
import { ru } from '../../../../../infra/local/playground/texts/ru/index.ts';
import { clock, sizeText } from '../../../../../infra/local/playground/views/files/size-text.ts';

test.each([
  ['image/jpeg', 'a.jpg', 'image/jpeg'],
  ['application/x-zip-compressed', 'a.zip', 'application/zip'],
  ['audio/x-m4a', 'a.m4a', 'audio/mp4'],
  ['audio/webm;codecs=opus', 'a.webm', 'audio/webm'],
  ['', 'IMG_1.HEIC', 'image/heic'],
  ['', 'a.html', undefined],
  ['text/html', 'a.heic', undefined],
  ['image/svg+xml', 'a.svg', undefined],
  ['constructor', 'a', undefined],
])('a file of the type "%s" named %s is %s', (type, name, expected) => {
  expect(typeOf({ type, name })).toBe(expected);
});

test('pictures may have 10 MB, other files 25', () => {
  expect([maxBytesOf('image/png'), maxBytesOf('text/plain')].map((bytes) => sizeText(bytes, en.files))).toEqual([
    '10 MB',
    '25 MB',
  ]);
});

test('sizes and durations are short', () => {
  expect([0, 512, 1536, 5_000_000].map((bytes) => sizeText(bytes, ru.files))).toEqual([
    '0 Б',
    '512 Б',
    '1,5 КБ',
    '5 МБ',
  ]);
  expect([0, 5.9, 65, 600].map(clock)).toEqual(['0:00', '0:05', '1:05', '10:00']);
});

test('a waveform has the loudest sample of each part, compared with the loudest of all', () => {
  expect(peaks(new Float32Array([0.1, -0.2, 0.05, 0, -0.4, 0.1]), 3)).toEqual([50, 13, 100]);
  expect(peaks(new Float32Array(5), 3)).toEqual([0, 0, 0]);
  expect(peaks(new Float32Array(0), 2)).toEqual([0, 0]);
});
