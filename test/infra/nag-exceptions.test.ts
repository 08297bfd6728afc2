import { App, type Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { describe, expect, test } from 'vitest';
import { settings } from '../../infra/config.ts';
import { EdgeStack } from '../../infra/edge-stack.ts';
import { readConfig } from '../../infra/read-config.ts';
import { chosen, everything, makeStack } from '../support/stacks.ts';

/** What cdk-nag finds, by the ids that acknowledge it. The packs include acknowledged findings. */
const findings = (stack: Stack): string[] =>
  [new AwsSolutionsChecks(), new ServerlessChecks()].flatMap((pack) =>
    pack.validateScope(stack).violations.map(({ ruleName }) => `${pack.name}::${ruleName}`),
  );

const acknowledged = (stack: Stack): string[] =>
  stack.node.metadata
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.keys(data));

const zone = { id: 'Z1', name: 'example.com' };

test('every setting is covered', () => {
  expect(Object.keys(everything).sort()).toEqual(Object.keys(settings.shape).sort());
});

describe('the findings of cdk-nag', () => {
  test('are acknowledged, and nothing else is', () => {
    const stacks = [{}, everything, { edge: false }].map((settings) => makeStack(chosen(settings)));
    const unique = (ids: string[]) => [...new Set(ids)].sort();
    expect(unique(stacks.flatMap(findings))).toEqual(unique(stacks.flatMap(acknowledged)));
  });

  test('are none in the stack of the certificate and the firewall', () => {
    const app = new App({ context: chosen({ waf: {}, domain: { name: 'chat.example.com', zone } }) });
    expect(findings(new EdgeStack(app, 'edge', readConfig(app)))).toEqual([]);
  });

  test('are acknowledged in it when it checks the host and sends emails', () => {
    const app = new App({ context: chosen(everything) });
    const stack = new EdgeStack(app, 'edge', readConfig(app));
    expect(new Set(findings(stack))).toEqual(new Set(acknowledged(stack)));
  });
});
