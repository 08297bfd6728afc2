import { type Mutant, mutantsOf } from '../mutant.ts';

/** The assistant and Google. */

export const services: Mutant[] = [
  ...mutantsOf('shared/assistant/compose-answer.ts', [
    {
      name: 'the model sends the link of the meeting',
      find: 'await createMeetingAs(authorization, deadline) : undefined;',
      replace: 'await createMeetingAs(authorization, deadline) : answer.content;',
      killedBy:
        'test/functions/ai/ask-assistant.test.ts "suggests a meeting by the tool, and never uses a link from the model"',
      asvs: ['1.3.6'],
    },
    {
      name: 'any question opens a meeting',
      find: 'link !== undefined && asksForMeeting(question)',
      replace: 'link !== undefined',
      killedBy:
        'test/functions/ai/meeting.test.ts "cannot open a meeting for a question that does not ask for one: %s"',
      asvs: ['8.3.1'],
    },
  ]),
  ...mutantsOf('shared/assistant/model/read-completion.ts', [
    {
      name: 'half an answer is taken for an answer',
      find: 'if (!ending) throw new Error(',
      replace: 'if (!ending && !completion.text) throw new Error(',
      killedBy: 'test/functions/ai/compatible-servers.test.ts "%s is none, and is not stored"',
    },
  ]),
  ...mutantsOf('shared/assistant/model/complete.ts', [
    {
      name: "the model's thoughts are in its answer",
      find: 'withoutThoughts(completion.text).trim()',
      replace: 'completion.text.trim()',
      killedBy: 'test/functions/ai/compatible-servers.test.ts "%s are not in the answer"',
    },
    {
      name: "the operator's key is logged",
      find: "client.apiKey ?? ''",
      replace: "'no key'",
      killedBy:
        'test/functions/ai/provider.test.ts "that quotes the key and the question is logged with its own words alone"',
    },
    {
      name: 'an answer whose tokens are not counted costs nothing',
      find: '+ completion.bytes) / bytesPerToken',
      replace: '+ completion.bytes) * 0',
      killedBy: 'test/functions/ai/compatible-servers.test.ts "%s is an answer"',
    },
  ]),
  ...mutantsOf('shared/assistant/model/send.ts', [
    {
      name: 'what the server of the model refuses is forgotten',
      find: 'needed.set(name, Date.now() + rememberedMs);',
      replace: 'void name;',
      killedBy: 'test/functions/ai/strict-servers.test.ts "that refuses %s is asked without, and never with it again"',
    },
    {
      name: 'one failure of the server of the model changes all requests',
      find: 'isCertain: named.refusal.test(own) && !isFailure &&',
      replace: 'isCertain: !(isFailure && !own) &&',
      killedBy:
        'test/functions/ai/strict-servers.test.ts "that fails and %s gets the next request as usual, and this one at most twice"',
    },
  ]),
  ...mutantsOf('shared/assistant/safe-text.ts', [
    {
      name: 'the model links to any meeting',
      find: '(isForeignMeetLink(word, meetUrls) ? removed : word)',
      replace: '(isForeignMeetLink(word, meetUrls) && !removed ? removed : word)',
      killedBy: 'test/functions/ai/safe-text.test.ts "has no link to a meeting from the model: %s"',
      asvs: ['1.3.6'],
    },
  ]),
  ...mutantsOf('shared/assistant/slots.ts', [
    {
      name: 'a user occupies the assistant',
      find: 'count: 3,',
      replace: 'count: 8,',
      killedBy:
        'test/functions/ai/three-at-once.test.ts "works on three requests of a user at once, and on those of others meanwhile"',
      asvs: ['2.4.1'],
    },
    {
      name: 'a repeated question is answered twice',
      find: "what: 'question', count: 1,",
      replace: "what: 'question', count: 2,",
      killedBy:
        'test/functions/ai/repeated-questions.test.ts "that is repeated while it is being answered is told to wait, and then gets that answer"',
      asvs: ['2.3.4'],
    },
  ]),
  ...mutantsOf('shared/google/refusals.ts', [
    {
      name: "users are told to link again for the operator's mistakes",
      find: 'ofTokens.has(reason) ||',
      replace: 'status !== 429 ||',
      killedBy: 'test/functions/google/refusals.test.ts "is not the fault of who opens a meeting: %s"',
    },
  ]),
  ...mutantsOf('shared/google/without-secrets.ts', [
    {
      name: "Google's words are logged with the tokens in them",
      find: "'[removed]')",
      replace: "'$&')",
      killedBy:
        'test/functions/google/refusals.test.ts "has Google’s words without a token, a code or the secret that they quote"',
    },
  ]),
  ...mutantsOf('shared/google/link.ts', [
    {
      name: 'the grant of a replaced Google account stays',
      find: 'previous && isSame === false)',
      replace: 'previous && isSame === null)',
      killedBy:
        'test/functions/google/relink-google.test.ts "with another account revokes the grant of the previous one"',
      asvs: ['14.2.4'],
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
      find: 'const { user, chat, stack } = settings.assistantBudget();',
      replace: 'const [user, chat, stack] = Object.values(settings.assistantBudget()).map((tokens) => 2.5 * tokens);',
      killedBy: 'test/functions/ai/token-budget.test.ts "of a user applies for a day, in every chat"',
      asvs: ['2.4.1'],
    },
    {
      name: 'the assistant is paid after the answer only',
      find: 'who, tokens, { allow',
      replace: 'who, 0 * tokens, { allow',
      killedBy: 'test/functions/ai/token-budget.test.ts "of a %s is not exceeded by twenty questions at once"',
      asvs: ['2.3.4', '2.4.1'],
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
