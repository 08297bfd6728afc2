import { type Mutant, mutantsOf } from '../mutant.ts';

/** The assistant and Google. */

export const services: Mutant[] = [
  ...mutantsOf('functions/ai/ask-assistant.ts', [
    {
      name: 'the model sends the link of the meeting',
      find: "createMeetingAs(headers.authorization ?? '', deadline) : undefined;",
      replace: "createMeetingAs(headers.authorization ?? '', deadline) : /https:\\S+/.exec(answer.content)?.[0];",
      killedBy:
        'test/functions/ai/ask-assistant.test.ts "suggests a meeting by the tool, and never uses a link from the model"',
      asvs: ['1.3.6'],
    },
  ]),
  ...mutantsOf('shared/assistant/transcript.ts', [
    {
      name: 'messages are given to the model as they are',
      find: 'text: content }',
      replace: 'text: `${content}\\n` }',
      killedBy: 'test/functions/ai/ask-assistant.test.ts "keeps what users write inside the data: %s"',
      asvs: ['2.2.1'],
    },
  ]),
  ...mutantsOf('shared/assistant/budget.ts', [
    {
      name: 'the assistant answers without a budget',
      find: 'byUser.used >= user',
      replace: 'byUser.used >= 2.5 * user',
      killedBy: 'test/functions/ai/token-budget.test.ts "of a user applies for a day, in every chat"',
      asvs: ['2.4.1'],
    },
  ]),
  ...mutantsOf('shared/assistant/meeting.ts', [
    {
      name: 'any question asks for a meeting',
      find: 'asksForMeeting = (question: string): boolean =>',
      replace: 'asksForMeeting = (question: string): boolean => question !== "" ||',
      killedBy:
        'test/functions/google/create-meeting.test.ts "has no meeting tool for other questions or unlinked users, and calling it creates nothing"',
      asvs: ['8.3.1'],
    },
  ]),
  ...mutantsOf('shared/google/vault.ts', [
    {
      name: "Google's tokens are bound to no user",
      find: "import { callAws } from '#shared/platform/aws/call.ts';",
      replace: `import { callAws as call } from '#shared/platform/aws/call.ts';
      const callAws = (service: string, action: string, input: object) =>
        call(service, action, { ...input, EncryptionContext: {} });`,
      killedBy:
        'test/functions/google/link-google.test.ts "stores the tokens so that only KMS can decrypt them, and only for this user"',
    },
    {
      name: "Google's tokens are not encrypted",
      find: 'return (sealed as { CiphertextBlob: string }).CiphertextBlob;',
      replace: 'return Plaintext + (sealed ? "" : "");',
      killedBy:
        'test/functions/google/link-google.test.ts "stores the tokens so that only KMS can decrypt them, and only for this user"',
      asvs: ['11.3.2'],
    },
  ]),
];
