import { expect, test } from 'vitest';
import { deviceOf } from '../../../../infra/local/playground/views/settings/devices/device-name.ts';

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';

test.each([
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/141.0.0.0 Safari/537.36`, 'Chrome, Windows', false],
  [`Mozilla/5.0 (Windows NT 10.0) ${webkit} Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0`, 'Edge, Windows', false],
  [
    `Mozilla/5.0 (X11; Linux x86_64) ${webkit} Chrome/140.0.0.0 YaBrowser/25.8.0 Safari/537.36`,
    'Yandex Browser, Linux',
    false,
  ],
  [`Mozilla/5.0 (Linux; Android 15; Pixel 9) ${webkit} Chrome/141.0.0.0 Mobile Safari/537.36`, 'Chrome, Android', true],
  ['Mozilla/5.0 (Android 15; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0', 'Firefox, Android', true],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
    'Safari, iPhone',
    true,
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15',
    'Safari, macOS',
    false,
  ],
  ['Mozilla/5.0 (something new)', 'Mozilla/5.0 (something new)', false],
  ['Pixel 9 of Anna', 'Pixel 9 of Anna', true],
  ['Dart/3.9 (dart:io)', 'Dart/3.9 (dart:io)', false],
])('%s is named as people call it', (device, name, isPhone) => {
  expect(deviceOf(device)).toEqual({ name, isPhone });
});
