import { useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import { Segments } from '../parts/fields/segments.tsx';
import { Icon } from '../parts/icon.tsx';
import { savedTheme, saveTheme, type Theme } from '../preferences.ts';

const languages = ['en', 'ru'] as const;
const themes = ['system', 'light', 'dark'] as const;
const icons = { system: 'computer', light: 'light', dark: 'dark' } as const;

/** The language and the colours of the page, before there is a user who could find them in the settings. */
export function PageChoices() {
  const { texts, language, setLanguage } = useApp();
  const [theme, setTheme] = useState(savedTheme);
  const { entry, settings } = texts;
  const choose = (chosen: Theme) => {
    saveTheme(chosen);
    setTheme(chosen);
  };
  return (
    <footer>
      <Segments
        label={settings.language}
        value={language}
        options={languages.map((value) => ({ value, label: settings.languages[value] }))}
        onChoose={setLanguage}
      />
      <Segments
        label={settings.theme}
        value={theme}
        options={themes.map((value) => ({
          value,
          label: settings.themes[value],
          children: <Icon name={icons[value]} />,
        }))}
        onChoose={choose}
      />
      <a href="/docs">{entry.docs}</a>
    </footer>
  );
}
