import '../inbox/listed_chat.dart';
import '../rest/models.dart';
import '../rest/refusal.dart';

/// Words in one language for what the backend says in codes: problems, rules of fields, events. Placeholders are in
/// braces. Copy `englishTexts` or `russianTexts` to change words or to add a language.
class Texts {
  const Texts({
    required this.problems,
    required this.rules,
    required this.events,
    required this.roles,
    required this.writing,
    this.placeholders = const {},
    required this.assistant,
    required this.administration,
    required this.deletedUser,
    required this.messageDeleted,
    required this.deletedByOperator,
    required this.edited,
    required this.everyone,
    required this.somebody,
    required this.you,
  });

  /// By code, with the client's own `no_answer`.
  final Map<String, String> problems;

  /// By the rule that a field breaks. `{limit}` is the bound of the rule.
  final Map<String, String> rules;

  /// By the event of a system message. `{actor}` did it, `{members}` are affected, `{name}`, `{role}` and
  /// `{rules}` are new. In `left_to`, a `left` with a new owner, `{members}` is that owner.
  final Map<String, String> events;

  /// What `{role}` stands for in the event `role_changed`.
  final Map<String, String> roles;

  /// What `{rules}` stands for in the event `posting_changed`: one or two of these, joined by commas.
  final Map<String, String> writing;

  /// What a message with files and no text says, by its `placeholder`. Otherwise it is in the language of the stage.
  final Map<String, String> placeholders;
  final String assistant;

  /// The author of what the operator announces.
  final String administration;
  final String deletedUser;

  /// What a deleted message says.
  final String messageDeleted;

  /// The same if the operator has deleted it.
  final String deletedByOperator;

  /// Beside the time of a message that was edited.
  final String edited;

  /// What follows the `@` that mentions all participants.
  final String everyone;
  final String somebody;
  final String you;

  /// Why a request or a message was refused, for a line at the top or below the message. In English if the app is older
  /// than the code.
  String refusal(Refusal refusal) {
    final fields = refusal.code == 'invalid_input' ? refusal.fields.values.map(field).join(' ') : '';
    return fields.isNotEmpty ? fields : problems[refusal.code] ?? refusal.message ?? refusal.code;
  }

  /// What is wrong with a field, to show beside it. In English if the app is older than the rule.
  String field(FieldError error) {
    final template = rules[error.rule];
    if (template == null || (template.contains('{limit}') && error.limit == null)) {
      return '${error.path} ${error.message}';
    }
    return _fill(template, {'limit': '${error.limit}'});
  }

  String author(Message message) => _author(message.userId, message.userName, deleted: message.userDeleted == true);

  /// The name of a chat: in a direct chat that of the other person, whose account may be gone.
  String chatName(Chat chat) => chat.userDeleted == true ? deletedUser : chat.name;

  /// The author of a message that another one replies to.
  String quoteAuthor(Quote quote) => _author(quote.userId, quote.userName, deleted: false);

  /// The text of a message: those of a system message and of a deleted one in these words.
  String content(Message message) => message.deletedAt != null
      ? (message.deletedBy == 'operator' ? deletedByOperator : messageDeleted)
      : _event(message.metadata, author(message)) ?? placeholders[message.metadata?.placeholder] ?? message.content;

  /// The text of a message that another one replies to.
  String quoteContent(Quote quote) => quote.deletedAt != null ? messageDeleted : quote.content;

  /// The newest message of a chat as a list of chats shows it: "Author: text". Empty without a message.
  String newest(ListedChat listed, {required String userId}) {
    final ListedChat(:chat, :newest) = listed;
    if (newest != null) {
      if (newest.type == 'system') return content(newest);
      return _line(chat, newest.type, isMine: newest.userId == userId, name: author(newest), text: content(newest));
    }
    final Chat(lastMessageType: type, lastMessageUserId: lastUserId) = chat;
    final text = chat.lastMessageDeleted == true ? messageDeleted : chat.lastMessage;
    if (type == null || lastUserId == null) return text;
    final name = _author(
      lastUserId,
      chat.lastMessageUserName ?? somebody,
      deleted: chat.lastMessageUserDeleted == true,
    );
    if (type == 'system') return _event(chat.lastMessageMetadata, name) ?? text;
    final shown = placeholders[chat.lastMessageMetadata?.placeholder] ?? text;
    return _line(chat, type, isMine: lastUserId == userId, name: name, text: shown);
  }

  /// In a direct chat, the other person needs no name, but the assistant does.
  String _line(Chat chat, String type, {required bool isMine, required String name, required String text}) {
    if (isMine) return '$you: $text';
    return chat.type == 'direct' && type == 'text' ? text : '${_isolated(name)}: $text';
  }

  String _author(String userId, String name, {required bool deleted}) {
    if (userId == 'assistant') return assistant;
    if (userId == 'operator') return administration;
    return deleted ? deletedUser : name;
  }

  /// Null without an event, and for one of a later version.
  String? _event(MessageMetadata? metadata, String actor) {
    if (metadata == null) return null;
    final isHandedOver = metadata.event == 'left' && metadata.memberIds.isNotEmpty;
    final template = events[isHandedOver ? 'left_to' : metadata.event];
    if (template == null) return null;
    return _fill(template, {
      'actor': _isolated(actor),
      'members': _members(metadata).map(_isolated).join(', '),
      'name': _isolated(metadata.name ?? ''),
      'text': metadata.text ?? '',
      'role': roles[metadata.role] ?? metadata.role ?? '',
      'rules': _rules(metadata),
    });
  }

  String _rules(MessageMetadata metadata) {
    final MessageMetadata(:posting, :slowModeSeconds) = metadata;
    return [
      if (posting != null) writing[posting] ?? posting,
      if (slowModeSeconds != null) slowMode(slowModeSeconds),
    ].join(', ');
  }

  /// How long members wait between two messages, in the largest unit that needs no fraction.
  String slowMode(int seconds) {
    if (seconds == 0) return writing['slow_off']!;
    if (seconds % 3600 == 0) return _fill(writing['slow_hours']!, {'count': '${seconds ~/ 3600}'});
    if (seconds % 60 == 0) return _fill(writing['slow_minutes']!, {'count': '${seconds ~/ 60}'});
    return _fill(writing['slow_seconds']!, {'count': '$seconds'});
  }

  List<String> _members(MessageMetadata metadata) {
    final MessageMetadata(:memberIds, :memberNames, :deletedMemberIds) = metadata;
    return [
      for (final (index, id) in memberIds.indexed)
        deletedMemberIds.contains(id) ? deletedUser : memberNames.elementAtOrNull(index) ?? somebody,
    ];
  }

  static String _fill(String template, Map<String, String> values) =>
      template.replaceAllMapped(RegExp(r'\{(\w+)\}'), (match) => values[match[1]] ?? match[0]!);

  /// Keeps a name that is written from right to left from reordering the text around it.
  static String _isolated(String name) => '\u2068$name\u2069';
}
