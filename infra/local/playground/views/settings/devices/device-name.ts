/** The order matters: most browsers also name others. */
const browsers: readonly (readonly [string, RegExp])[] = [
  ['Edge', /\bEdgA?\//],
  ['Opera', /\bOPR\//],
  ['Yandex Browser', /\bYaBrowser\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /\b(HeadlessChrome|Chrome|CriOS)\//],
  ['Safari', /\bSafari\//],
];

const systems: readonly (readonly [string, RegExp])[] = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['Windows', /\bWindows\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['macOS', /\bMacintosh\b/],
  ['Linux', /\bLinux\b/],
];

interface Device {
  name: string;
  isPhone: boolean;
}

/** A device as people call it: a browser by its User-Agent header, an app by the name that it has given. */
export function deviceOf(device: string): Device {
  const find = (names: typeof browsers) => names.find(([, pattern]) => pattern.test(device))?.[0];
  // Programs without a name of their own send product/version.
  if (!device.startsWith('Mozilla/')) return { name: device, isPhone: !device.includes('/') };
  const known = [find(browsers), find(systems)].filter((name) => name !== undefined);
  return { name: known.join(', ') || device, isPhone: /\b(Mobile|iPad|Android)\b/.test(device) };
}
