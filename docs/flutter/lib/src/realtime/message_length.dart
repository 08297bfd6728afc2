/// The maximum length of a message. The backend counts code points: an emoji may consist of several.
const maxCharacters = 4000;

bool isTooLong(String content) => content.runes.length > maxCharacters;
