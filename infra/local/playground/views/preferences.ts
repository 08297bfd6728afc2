/** The user's choices for this browser. Until they choose, the browser's own language and colour scheme apply. */

export type Language = 'en' | 'ru';

export function savedLanguage(): Language {
  const language = localStorage.getItem('language') ?? navigator.language;
  return language.startsWith('ru') ? 'ru' : 'en';
}

export const saveLanguage = (language: Language): void => localStorage.setItem('language', language);

export function switchTheme(): void {
  localStorage.setItem('theme', isDark() ? 'light' : 'dark');
  showTheme();
}

export function showTheme(): void {
  document.documentElement.dataset.theme = localStorage.getItem('theme') ?? '';
}

function isDark(): boolean {
  const { theme } = document.documentElement.dataset;
  return theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}
