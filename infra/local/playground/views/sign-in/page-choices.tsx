import { useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import { Icon } from '../parts/icon.tsx';
import { Segments } from '../parts/segments.tsx';
import { savedTheme, saveTheme, type Theme } from '../preferences.ts';

const languages = [
  { value: 'en', label: 'English' },
  { value: 'ru', label: 'Русский' },
] as const;

const themes = [
  { value: 'system', icon: 'computer' },
  { value: 'light', icon: 'light' },
  { value: 'dark', icon: 'dark' },
] as const;

/** The language and the colours of the page, before there is a user who could find them in the settings. */
export function PageChoices() {
  const { texts, language, setLanguage } = useApp();
  const [theme, setTheme] = useState(savedTheme);
  const { entry } = texts;
  const choose = (chosen: Theme) => {
    saveTheme(chosen);
    setTheme(chosen);
  };
  return (
    <footer>
      <Segments label={entry.language} value={language} options={languages} onChoose={setLanguage} />
      <Segments
        label={entry.theme}
        value={theme}
        options={themes.map(({ value, icon }) => ({
          value,
          label: entry.themes[value],
          children: <Icon name={icon} />,
        }))}
        onChoose={choose}
      />
      <a href="/docs">{entry.docs}</a>
    </footer>
  );
}
