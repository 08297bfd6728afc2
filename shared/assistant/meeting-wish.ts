/**
 * Whether a question asks the assistant to open a meeting. No model decides this, because a model also reads what others
 * wrote. It is strict: the question must begin with the request, such as "Please start a video call" or "Создай встречу на
 * завтра". For anything else the assistant can still suggest a meeting.
 */
export function asksForMeeting(question: string): boolean {
  const text = question.normalize('NFKC').toLowerCase().replaceAll('ё', 'е').replaceAll('’', "'").trim();
  // Commas and spaces separate words, a line ends a sentence.
  const line = text.replace(/\s*\n\s*/g, '. ').replace(/[,\s]+/g, ' ');
  return !takenBack.test(line) && (order.test(line) || politeQuestion.test(line));
}

const oneOf = (...lists: string[]) => `(?:${lists.join('|')})`;
/** Where a word ends: \b knows no Cyrillic letters. */
const end = String.raw`(?![\p{L}\p{N}_'-])`;
const anyOf = (words: string) => `(?:${words}${end}[.!]* )*`;
const optional = (words: string) => `(?: ${words}${end})?`;

const courtesy = oneOf(
  'hi|hello|hey|ok|okay|assistant|please|now',
  'привет|здравствуйте|ассистент|пожалуйста|ок|окей|сейчас|срочно',
);
const englishVerb = 'create|open|start|make|launch|schedule|arrange|organi[sz]e|set ?up';
const infinitive = oneOf(
  englishVerb,
  'создать|открыть|сделать|устроить|начать|запустить|организовать|запланировать|назначить|собрать',
);
const imperative = oneOf('(?:создай|открой|сделай|устрой|начни|запусти|организуй|запланируй|назначь|собери)(?:те)?');
const canYou = oneOf('(?:can|could|will|would) you', '(?:ты )?(?:можешь|можете|мог бы|могла бы|могли бы)(?: ты| вы)?');

const attribute = oneOf(
  'an?|the|our|us|me|new|another|quick|short|group|team|video|online|google',
  'нам|мне|всем|нов(?:ую|ый)|общ(?:ую|ий)|группов(?:ую|ой)|коротк(?:ую|ий)|быстр(?:ую|ый)|онлайн|видео|гугл|ссылку на',
);
const meeting = oneOf(
  '(?:meet|(?:video[ -]?)?(?:meeting|call|conference|chat))(?: link| room)?',
  '(?:видео|онлайн)?-?(?:встречу|созвон|звонок|конференцию|чат)|митинг|мит',
);
/** What may follow: when, with whom, about what. "Create a meeting agenda" asks for something else. */
const detail = oneOf(
  'for|with|at|on|in|about|right|now|today|tomorrow|tonight|please|asap|here|to (?:discuss|talk|plan|decide)',
  'для|на|с|со|в|во|по|о|об|про|прямо|сейчас|сегодня|завтра|послезавтра|пожалуйста|срочно|здесь|чтобы обсудить',
  '(?:and (?:send|share|post)|и (?:пришли|скинь|отправь)(?:те)?)',
);
/** What may follow a polite question. "Can you start a call with people who are offline?" asks what is possible. */
const shortDetail = oneOf('please|(?:right )?now|today|for us', 'пожалуйста|(?:прямо )?сейчас|сегодня|нам|для нас');

const object = anyOf(attribute) + meeting + end;
const order = new RegExp(
  `^${anyOf(courtesy)}${oneOf(infinitive, imperative)} ${anyOf(courtesy)}${object}(?:| ?[.!…;)][^?]*| ${detail}${end}[^?]*)$`,
  'u',
);
const politeQuestion = new RegExp(
  `^${anyOf(courtesy)}${canYou} ${anyOf(courtesy)}${infinitive} ${object}${optional(shortDetail)}${optional(shortDetail)} ?\\??$`,
  'u',
);

/** A negation, a condition or a second thought, anywhere in the question. */
const takenBack = new RegExp(
  String.raw`(?<![\p{L}\p{N}])${oneOf(
    "no|not|never|don't|dont|can't|won't|without|cancel|stop|forget|instead|if|unless|when|until",
    'не|нет|ни|без|отмен\\p{L}*|забудь|если|когда|пока|вместо|хватит',
  )}${end}`,
  'u',
);
