import { useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import { Section } from '../parts/sheets/sheet.tsx';
import { savedTheme, saveTheme, type Theme } from '../preferences.ts';
import { Choices } from './parts/rows.tsx';

/** The theme and the language of the page, which change at once. */
export function Appearance() {
  const { texts, language, setLanguage } = useApp();
  const { settings } = texts;
  const [theme, setTheme] = useState(savedTheme);
  const chooseTheme = (chosen: Theme) => {
    saveTheme(chosen);
    setTheme(chosen);
  };
  return (
    <>
      <Section>
        <Choices title={settings.theme} value={theme} options={settings.themes} onChoose={chooseTheme} />
      </Section>
      <Section>
        <Choices title={settings.language} value={language} options={settings.languages} onChoose={setLanguage} />
      </Section>
    </>
  );
}
