import { codeStep, frames, inBrackets, type Step, socketPath, stepTitleOf, tour, urlOf, variables } from './tour.ts';

/** The same tour in the form of JetBrains' HTTP Client, which httpYac reads too, in VS Code and on the command line. */
export function httpFile(): string {
  const head = [
    '# Every endpoint, in an order to try them in: npm start, then send one request after the other, in a JetBrains IDE or',
    '# with httpYac. Each takes tokens and ids from the answers before it. The phone gets one code a minute.',
    '',
    ...Object.entries(variables).map(([name, value]) => `@${name} = ${value}`),
  ];
  return [head, ...tour.flatMap(sectionsOf)].map((lines) => `${lines.join('\n')}\n`).join('\n');
}

/** A step, with the code that it needs before it and the socket that it opens after it. */
function sectionsOf(step: Step): string[][] {
  const { endpoint, token, body, take } = step;
  const request = [
    `### ${stepTitleOf(step)}`,
    `${endpoint.method} {{baseUrl}}${urlOf(step)}`,
    ...(token ? [`Authorization: Bearer {{${token}}}`] : []),
    ...(body ? ['Content-Type: application/json', '', JSON.stringify(body, null, 2)] : []),
    ...(take ? taking(take) : []),
  ];
  return [...(step.needsCode ? [code] : []), request, ...(take?.ticket ? [socket] : [])];
}

const taking = (take: Record<string, string>) => [
  '',
  '> {%',
  ...Object.entries(take).map(([name, path]) => `  client.global.set('${name}', response.body.${inBrackets(path)});`),
  '%}',
];

const code = [
  '### Read the code that was sent, from the local runner',
  `GET {{baseUrl}}${codeStep.path}`,
  ...taking(codeStep.take),
];

const socket = [
  '### Open a socket and send frames',
  `WEBSOCKET {{wsUrl}}${socketPath}`,
  '',
  frames.map((frame) => JSON.stringify(frame)).join('\n=== wait-for-server\n'),
];
