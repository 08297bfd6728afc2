/** The user's choices for this browser. Until they choose, the browser's own language and colour scheme apply. */

export type Language = 'en' | 'ru';

/** "system" follows the colours of the operating system, also when these change. */
export type Theme = 'system' | 'light' | 'dark';

/** Behind the page, for the bars that a phone draws around it: `--panel` of styles/page.css. */
const barColours = { light: '#ffffff', dark: '#1a1d23' };

export function savedLanguage(): Language {
  const language = localStorage.getItem('language') ?? navigator.language;
  return language.startsWith('ru') ? 'ru' : 'en';
}

export const saveLanguage = (language: Language): void => localStorage.setItem('language', language);

export function savedTheme(): Theme {
  const theme = localStorage.getItem('theme');
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

/** Keeps the theme and shows it at once. */
export function saveTheme(theme: Theme): void {
  if (theme === 'system') localStorage.removeItem('theme');
  else localStorage.setItem('theme', theme);
  showTheme();
}

/** The page has a bar colour for each colour scheme of the system: a theme that was chosen replaces both. */
export function showTheme(): void {
  const theme = savedTheme();
  document.documentElement.dataset.theme = theme;
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]'))
    meta.content = barColours[theme === 'system' ? (meta.media.includes('dark') ? 'dark' : 'light') : theme];
}
