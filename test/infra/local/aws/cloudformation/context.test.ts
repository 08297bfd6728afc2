import { expect, test } from 'vitest';
import { type Context, withLocalDefaults } from '../../../../../infra/local/aws/cloudformation/context.ts';

const countriesOf = (context: Context) => JSON.parse(JSON.stringify(context)).stages.dev.textMessages.countries;

test('on the laptop a stage sends codes to every country, unless it names some', () => {
  const context = { stage: 'dev', stages: { dev: { language: 'ru', textMessages: { monthlyCap: 5 } } } };
  const every = withLocalDefaults(context);
  expect(every).toMatchObject(context);
  expect(countriesOf(every)).toEqual(expect.arrayContaining(['RU', 'DE', 'US', 'JP', 'ZA']));
  const named = { stage: 'dev', stages: { dev: { textMessages: { countries: ['KZ'] } } } };
  expect(countriesOf(withLocalDefaults(named))).toEqual(['KZ']);
});

test('on the laptop a stage has push notifications, unless it has switched them off', () => {
  const context = withLocalDefaults({ stage: 'dev', stages: { dev: {}, prod: { push: false } } });
  expect(context).toMatchObject({ stages: { dev: { push: true }, prod: { push: false } } });
});

test.each([{ stages: { dev: 7 } }, { stages: [] }, { stages: { dev: { textMessages: 'RU' } } }, {}])(
  'settings that are wrong stay as they are, for the CDK app to report: %j',
  (settings) => {
    const context = { stage: 'dev', ...settings };
    expect(withLocalDefaults(context)).toEqual(context);
  },
);
