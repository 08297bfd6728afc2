// Generated from the contract by `npm run specs`: do not edit.
// dart format off

import 'api_client.dart';
import 'json.dart';
import 'models.dart';
import 'session.dart';

/// One method for each endpoint, named after its operation id in openapi.json.
///
/// A method throws an `ApiProblem` if the backend refuses, and a `DioException` if there is no answer.
class ChatApi {
  ChatApi(this.session) : _client = ApiClient(session);

  final AuthSession session;
  final ApiClient _client;

  // Accounts, sessions and tokens.

  /// Change my password; my other sessions end.
  ///
  /// - [newPassword]: At least 8 characters and at most 72 bytes of UTF-8, counted after NFKC normalization, so that
  ///   the same password typed on different keyboards matches. The most common passwords are refused.
  /// - [currentPassword]: Either this or `code`.
  /// - [code]: A code sent to the account’s phone. If you forgot the password, log in by phone and set a new one.
  Future<void> changePassword({required String newPassword, String? currentPassword, String? code}) async {
    await _client.send(
      'POST',
      '/auth/password',
      body: {'currentPassword': ?currentPassword, 'code': ?code, 'newPassword': newPassword},
    );
  }

  /// Get a ticket that opens one socket (/ws/chat/{chatId}?ticket=...) without a token in its URL.
  ///
  /// - [chatId]: The chat that the socket is for. If the handshake would be refused, this request is refused with the
  ///   same code, which a browser can read. The ticket itself works for any chat.
  Future<CreateTicketResponse> createTicket({String? chatId}) async {
    final answer = await _client.send('POST', '/auth/ticket', body: {'chatId': ?chatId});
    return CreateTicketResponse.fromJson(answer);
  }

  /// End one of my sessions and close its sockets.
  Future<void> endSession(String sessionId) async {
    await _client.send('DELETE', '/auth/sessions/$sessionId');
  }

  /// List my sessions, most recently used first.
  Future<List<LoginSession>> listSessions() async {
    final answer = await _client.send('GET', '/auth/sessions');
    return listOf(answer['sessions'], LoginSession.fromJson);
  }

  /// Log in: with email and password, or with phone and one-time code; a new phone creates an account. Give `phone` and
  /// `code`, or `email` and `password`.
  ///
  /// - [phone]: E.164, such as +79991234567. Spaces, brackets, dots, dashes, invisible characters and words before
  ///   the number are ignored, and digits of any script are accepted. 00 stands for +, and of the numbers without
  ///   either, mobile ones of Russia and Kazakhstan are accepted, and those whose 8 or 7 stands apart, such as 8 (999)
  ///   123-45-67.
  /// - [code]: A one-time code, sent by text message: POST /auth/code. Spaces, dashes, other digits than 0 to 9,
  ///   invisible characters and words around the code are ignored.
  /// - [device]: The name shown in the list of sessions; by default the User-Agent header.
  /// - [email]: Letter case does not matter. The domain may be internationalized, in Unicode or as xn--....
  Future<SignedIn> login({String? phone, String? code, String? device, String? email, String? password}) async {
    final answer = await _client.send(
      'POST',
      '/auth/login',
      body: {'phone': ?phone, 'code': ?code, 'device': ?device, 'email': ?email, 'password': ?password},
    );
    return SignedIn.fromJson(answer);
  }

  /// Log out: end this session, or all of them, and close their sockets.
  ///
  /// - [everywhere]: Ends all my sessions, not only this one.
  Future<void> logout({bool? everywhere}) async {
    await _client.send('POST', '/auth/logout', body: {'everywhere': ?everywhere});
  }

  /// Create an account with an email and a password.
  ///
  /// - [email]: Letter case does not matter. The domain may be internationalized, in Unicode or as xn--....
  /// - [password]: At least 8 characters and at most 72 bytes of UTF-8, counted after NFKC normalization, so that the
  ///   same password typed on different keyboards matches. The most common passwords are refused.
  /// - [device]: The name shown in the list of sessions; by default the User-Agent header.
  Future<SignedIn> register({required String email, required String password, String? name, String? device}) async {
    final answer = await _client.send(
      'POST',
      '/auth/register',
      body: {'email': email, 'password': password, 'name': ?name, 'device': ?device},
    );
    return SignedIn.fromJson(answer);
  }

  /// Send a one-time code to a phone, to log in or to link the phone; the answer is the same for every phone.
  ///
  /// - [phone]: E.164, such as +79991234567. Spaces, brackets, dots, dashes, invisible characters and words before
  ///   the number are ignored, and digits of any script are accepted. 00 stands for +, and of the numbers without
  ///   either, mobile ones of Russia and Kazakhstan are accepted, and those whose 8 or 7 stands apart, such as 8 (999)
  ///   123-45-67.
  Future<SendCodeResponse> sendCode({required String phone}) async {
    final answer = await _client.send('POST', '/auth/code', body: {'phone': phone});
    return SendCodeResponse.fromJson(answer);
  }

  // My profile and other users.

  /// Block a person: they can’t open our direct chat, write to it, or add me to a group.
  Future<void> blockUser(String userId) async {
    await _client.send('PUT', '/users/$userId/block');
  }

  /// Remove my avatar.
  Future<User> deleteAvatar() async {
    final answer = await _client.send('DELETE', '/users/me/avatar');
    return User.fromJson(answer['user'] as Json);
  }

  /// Delete my account; my messages stay, signed "Deleted user".
  ///
  /// - [password]: Either this or `code`.
  /// - [code]: A code sent to the account’s phone.
  Future<void> deleteMe({String? password, String? code}) async {
    await _client.send('DELETE', '/users/me', body: {'password': ?password, 'code': ?code});
  }

  /// Stop push notifications to the device of this session.
  Future<void> deletePush() async {
    await _client.send('DELETE', '/users/me/push');
  }

  /// Export everything about me, in pages; later pages contain only messages.
  ///
  /// - [cursor]: The `cursor` of the previous page.
  Future<ExportMeResponse> exportMe({String? cursor}) async {
    final answer = await _client.send('GET', '/users/me/export', query: {'cursor': ?cursor});
    return ExportMeResponse.fromJson(answer);
  }

  /// Find the users who have these emails and phones, in the order of the entries, emails first.
  ///
  /// - [emails]: At most 50 emails and phones in total. An entry that is neither finds nobody.
  /// - [phones]: At most 50 emails and phones in total. An entry that is neither finds nobody.
  Future<List<FoundUser>> findUsers({List<String>? emails, List<String>? phones}) async {
    final answer = await _client.send('POST', '/users/lookup', body: {'emails': ?emails, 'phones': ?phones});
    return listOf(answer['users'], FoundUser.fromJson);
  }

  /// Read my profile.
  Future<User> getMe() async {
    final answer = await _client.send('GET', '/users/me');
    return User.fromJson(answer['user'] as Json);
  }

  /// Read the name of a person who is in a chat with me.
  Future<Person> getUser(String userId) async {
    final answer = await _client.send('GET', '/users/$userId');
    return Person.fromJson(answer['user'] as Json);
  }

  /// Link an email to my account or replace it, with the account’s password; the first email sets the password.
  ///
  /// - [email]: Letter case does not matter. The domain may be internationalized, in Unicode or as xn--....
  /// - [password]: The account’s password. If it has none yet, this becomes its password.
  /// - [code]: A code sent to the account’s phone; required if the account has no password.
  Future<User> linkEmail({required String email, required String password, String? code}) async {
    final answer = await _client.send(
      'PUT',
      '/users/me/email',
      body: {'email': email, 'password': password, 'code': ?code},
    );
    return User.fromJson(answer['user'] as Json);
  }

  /// Link a phone to my account or replace it, with a code sent to the new phone.
  ///
  /// - [phone]: E.164, such as +79991234567. Spaces, brackets, dots, dashes, invisible characters and words before
  ///   the number are ignored, and digits of any script are accepted. 00 stands for +, and of the numbers without
  ///   either, mobile ones of Russia and Kazakhstan are accepted, and those whose 8 or 7 stands apart, such as 8 (999)
  ///   123-45-67.
  /// - [code]: A one-time code, sent by text message: POST /auth/code. Spaces, dashes, other digits than 0 to 9,
  ///   invisible characters and words around the code are ignored.
  /// - [password]: The account’s password: either this or `currentCode`.
  /// - [currentCode]: A code sent to the account’s old phone.
  Future<User> linkPhone({required String phone, required String code, String? password, String? currentCode}) async {
    final answer = await _client.send(
      'PUT',
      '/users/me/phone',
      body: {'phone': phone, 'code': code, 'password': ?password, 'currentCode': ?currentCode},
    );
    return User.fromJson(answer['user'] as Json);
  }

  /// List the people I have blocked.
  Future<List<BlockedUser>> listBlocks() async {
    final answer = await _client.send('GET', '/users/me/blocks');
    return listOf(answer['users'], BlockedUser.fromJson);
  }

  /// Set my avatar: an uploaded file with the purpose "avatar".
  Future<User> setAvatar({required String fileId}) async {
    final answer = await _client.send('PUT', '/users/me/avatar', body: {'fileId': fileId});
    return User.fromJson(answer['user'] as Json);
  }

  /// Register the device of this session for push notifications.
  ///
  /// - [token]: The registration token of Firebase Cloud Messaging. A session has one: a new one replaces it.
  /// - [platform]: One of `android`, `ios`, `web`.
  /// - [locale]: The device’s language, such as "ru-RU": the notifications are in it, as far as we have it.
  Future<void> setPush({required String token, required String platform, String? locale}) async {
    await _client.send('PUT', '/users/me/push', body: {'token': token, 'platform': platform, 'locale': ?locale});
  }

  /// Unblock a person.
  Future<void> unblockUser(String userId) async {
    await _client.send('DELETE', '/users/$userId/block');
  }

  /// Change my name, who may add me to groups, whether others see when I was last seen, or what push notifications
  /// show.
  ///
  /// - [addedBy]: Who may add me to groups; by default anyone. Contacts are those I have written to in a direct chat.
  ///   Everybody can send me an invite code. One of `anyone`, `contacts`, `nobody`.
  /// - [showLastSeen]: Whether others see if I am connected and when I was last seen, and I see it of them.
  /// - [pushPreview]: What push notifications show of a message: its text and its author’s name (the default), the
  ///   name alone, or neither. One of `text`, `name`, `none`.
  Future<User> updateMe({String? name, String? addedBy, bool? showLastSeen, String? pushPreview}) async {
    final answer = await _client.send(
      'PATCH',
      '/users/me',
      body: {'name': ?name, 'addedBy': ?addedBy, 'showLastSeen': ?showLastSeen, 'pushPreview': ?pushPreview},
    );
    return User.fromJson(answer['user'] as Json);
  }

  // Direct chats and groups, their messages and read marks.

  /// Get one of my chats as the list shows it, also one that I have removed from the list.
  Future<Chat> getChat(String chatId) async {
    final answer = await _client.send('GET', '/chats/$chatId');
    return Chat.fromJson(answer['chat'] as Json);
  }

  /// Remove a chat from my list: leaves a group; a direct chat comes back with its next message.
  Future<void> leaveChat(String chatId) async {
    await _client.send('DELETE', '/chats/$chatId');
  }

  /// List my chats, newest message first; all in one answer up to 5.5 MB, or in pages.
  ///
  /// - [limit]: The maximum number of chats to return.
  /// - [cursor]: The `cursor` of the previous page.
  Future<ListChatsResponse> listChats({int? limit, String? cursor}) async {
    final answer = await _client.send('GET', '/chats', query: {'limit': ?limit, 'cursor': ?cursor});
    return ListChatsResponse.fromJson(answer);
  }

  /// Read a page of messages, oldest first: the newest page, or the one after, before or around a number.
  ///
  /// - [limit]: The maximum number of messages to return.
  /// - [after]: The page after this number.
  /// - [before]: The page before this number.
  /// - [around]: The page around this number. At either end of the chat it is filled from the other side.
  Future<ListMessagesResponse> listMessages(String chatId, {int? limit, int? after, int? before, int? around}) async {
    final answer = await _client.send(
      'GET',
      '/chats/$chatId/messages',
      query: {'limit': ?limit, 'after': ?after, 'before': ?before, 'around': ?around},
    );
    return ListMessagesResponse.fromJson(answer);
  }

  /// List who is connected, and when the others were last seen.
  Future<List<Presence>> listPresence(String chatId) async {
    final answer = await _client.send('GET', '/chats/$chatId/presence');
    return listOf(answer['users'], Presence.fromJson);
  }

  /// List how far each participant has read, in pages.
  ///
  /// - [limit]: The maximum number of participants to return.
  /// - [cursor]: The `cursor` of the previous page.
  Future<ListReadsResponse> listReads(String chatId, {int? limit, String? cursor}) async {
    final answer = await _client.send('GET', '/chats/$chatId/reads', query: {'limit': ?limit, 'cursor': ?cursor});
    return ListReadsResponse.fromJson(answer);
  }

  /// List the numbers of all my chats, which show what has changed, and what is unread in all of them.
  Future<ListUnreadResponse> listUnread() async {
    final answer = await _client.send('GET', '/chats/unread');
    return ListUnreadResponse.fromJson(answer);
  }

  /// Mark messages as read up to a number; the mark never moves back.
  ///
  /// - [seq]: The number of the last message read. Send it every 5 seconds at most, and when the user leaves the
  ///   chat.
  Future<int> markRead(String chatId, {required int seq}) async {
    final answer = await _client.send('POST', '/chats/$chatId/read', body: {'seq': seq});
    return answer['seq'] as int;
  }

  /// Mark messages that I have read as unread again, from a number on; the mark that others see stays.
  ///
  /// - [seq]: The number of the first message that counts as unread again. The next read mark ends it.
  Future<int> markUnread(String chatId, {required int seq}) async {
    final answer = await _client.send('POST', '/chats/$chatId/unread', body: {'seq': seq});
    return answer['seq'] as int;
  }

  /// Open the direct chat with another person; each pair of people has only one.
  Future<Chat> openDirect({required String userId}) async {
    final answer = await _client.send('POST', '/chats/direct', body: {'userId': userId});
    return Chat.fromJson(answer['chat'] as Json);
  }

  /// Mark all messages in all my chats as read.
  Future<ReadAllResponse> readAll() async {
    final answer = await _client.send('POST', '/chats/read-all');
    return ReadAllResponse.fromJson(answer);
  }

  /// Report a message to the operator.
  Future<void> reportMessage({required String chatId, required String messageId, required String reason}) async {
    await _client.send('POST', '/messages/report', body: {'chatId': chatId, 'messageId': messageId, 'reason': reason});
  }

  /// Find the messages with all of these words, newest first.
  ///
  /// - [q]: The words, separated by white space: a message must contain all of them. Case makes no difference. A part
  ///   of a word is enough; a Russian word is also found in its other forms.
  /// - [from]: Only messages of this author: a user, or "assistant".
  /// - [before]: Only messages before this number. Send `searchedTo` to go on.
  /// - [limit]: The maximum number of messages to return.
  Future<SearchMessagesResponse> searchMessages(String chatId, {
    required String q,
    String? from,
    int? before,
    int? limit,
  }) async {
    final answer = await _client.send(
      'GET',
      '/chats/$chatId/search',
      query: {'q': q, 'from': ?from, 'before': ?before, 'limit': ?limit},
    );
    return SearchMessagesResponse.fromJson(answer);
  }

  /// Send a message.
  ///
  /// - [content]: May be empty or absent beside files, otherwise not.
  /// - [clientId]: Chosen by the author’s client for each message, and repeated in every retry.
  /// - [replyToId]: The id of the message that this one replies to.
  /// - [fileIds]: Uploaded files with the purpose "message", in the order in which they are shown.
  /// - [mentions]: The ids of the participants that the text mentions. Others are left out.
  /// - [everyone]: Mentions all participants: for the owner and admins, and in chats of up to 50 for everybody.
  Future<Message> sendMessage(String chatId, {
    String? content,
    String? clientId,
    String? replyToId,
    List<String>? fileIds,
    List<String>? mentions,
    bool? everyone,
  }) async {
    final answer = await _client.send(
      'POST',
      '/chats/$chatId/messages',
      body: {
        'content': ?content,
        'clientId': ?clientId,
        'replyToId': ?replyToId,
        'fileIds': ?fileIds,
        'mentions': ?mentions,
        'everyone': ?everyone,
      },
    );
    return Message.fromJson(answer['message'] as Json);
  }

  /// Choose which messages of a chat notify me; replaces both fields.
  ///
  /// - [level]: Which messages notify me: all, only those that mention me, or none. One of `all`, `mentions`, `none`.
  /// - [mutedUntil]: Until then nothing notifies me, whatever the level.
  Future<Notifications> setNotifications(String chatId, {required String level, DateTime? mutedUntil}) async {
    final answer = await _client.send(
      'PUT',
      '/chats/$chatId/notifications',
      body: {'level': level, 'mutedUntil': ?mutedUntil?.toUtc().toIso8601String()},
    );
    return Notifications.fromJson(answer['notifications'] as Json);
  }

  /// Pin or archive a chat in my list; a field that is absent stays as it is.
  ///
  /// - [pinned]: Shown above the other chats.
  /// - [archived]: Shown apart from the other chats.
  Future<Place> setPlace(String chatId, {bool? pinned, bool? archived}) async {
    final answer = await _client.send('PUT', '/chats/$chatId/place', body: {'pinned': ?pinned, 'archived': ?archived});
    return Place.fromJson(answer['place'] as Json);
  }

  // Changes of messages: edits, deletions, reactions and pins.

  /// React to a message with an emoji; may be repeated.
  Future<Message> addReaction(String chatId, String messageId, String emoji) async {
    final answer = await _client.send(
      'PUT',
      '/chats/$chatId/messages/$messageId/reactions/${Uri.encodeComponent(emoji)}',
    );
    return Message.fromJson(answer['message'] as Json);
  }

  /// Delete a message for everybody: mine, the answer to my question or, as owner or admin, one of a member.
  Future<Message> deleteMessage(String chatId, String messageId, {String? reason}) async {
    final answer = await _client.send('DELETE', '/chats/$chatId/messages/$messageId', body: {'reason': ?reason});
    return Message.fromJson(answer['message'] as Json);
  }

  /// Edit the text of my message; its mentions stay unless they are given.
  ///
  /// - [content]: May be empty only in a message with files.
  /// - [mentions]: The ids of the participants that the text mentions. Others are left out.
  /// - [everyone]: Mentions all participants: for the owner and admins, and in chats of up to 50 for everybody.
  Future<Message> editMessage(String chatId, String messageId, {
    required String content,
    List<String>? mentions,
    bool? everyone,
  }) async {
    final answer = await _client.send(
      'PATCH',
      '/chats/$chatId/messages/$messageId',
      body: {'content': content, 'mentions': ?mentions, 'everyone': ?everyone},
    );
    return Message.fromJson(answer['message'] as Json);
  }

  /// Read one message.
  Future<Message> getMessage(String chatId, String messageId) async {
    final answer = await _client.send('GET', '/chats/$chatId/messages/$messageId');
    return Message.fromJson(answer['message'] as Json);
  }

  /// List the messages that were edited, deleted, pinned or reacted to after a cursor, each once and as it is now.
  ///
  /// - [after]: The cursor: `rev` of an earlier answer, or `next`.
  /// - [limit]: The maximum number of messages to return.
  /// - [epoch]: The `epoch` that came with the cursor.
  Future<ListChangesResponse> listChanges(String chatId, {required int after, int? limit, String? epoch}) async {
    final answer = await _client.send(
      'GET',
      '/chats/$chatId/changes',
      query: {'after': after, 'limit': ?limit, 'epoch': ?epoch},
    );
    return ListChangesResponse.fromJson(answer);
  }

  /// List the pinned messages, the one pinned last first.
  Future<List<Message>> listPins(String chatId) async {
    final answer = await _client.send('GET', '/chats/$chatId/pins');
    return listOf(answer['messages'], Message.fromJson);
  }

  /// List everybody who reacted to a message.
  Future<List<Reaction>> listReactions(String chatId, String messageId) async {
    final answer = await _client.send('GET', '/chats/$chatId/messages/$messageId/reactions');
    return listOf(answer['reactions'], Reaction.fromJson);
  }

  /// Pin a message: in a group its owner and admins, in a direct chat both; may be repeated.
  Future<Message> pinMessage(String chatId, String messageId) async {
    final answer = await _client.send('PUT', '/chats/$chatId/pins/$messageId');
    return Message.fromJson(answer['message'] as Json);
  }

  /// Take a reaction of mine back; may be repeated.
  Future<Message> removeReaction(String chatId, String messageId, String emoji) async {
    final answer = await _client.send(
      'DELETE',
      '/chats/$chatId/messages/$messageId/reactions/${Uri.encodeComponent(emoji)}',
    );
    return Message.fromJson(answer['message'] as Json);
  }

  /// Unpin a message; may be repeated.
  Future<Message> unpinMessage(String chatId, String messageId) async {
    final answer = await _client.send('DELETE', '/chats/$chatId/pins/$messageId');
    return Message.fromJson(answer['message'] as Json);
  }

  // Groups, their members and invite codes.

  /// Add people to a group (admins and the owner); existing members stay as they are.
  Future<GroupChat> addMembers(String groupId, {required List<String> userIds}) async {
    final answer = await _client.send('POST', '/groups/$groupId/members', body: {'userIds': userIds});
    return GroupChat.fromJson(answer['group'] as Json);
  }

  /// Create a group; the creator becomes a participant and need not be listed.
  ///
  /// - [clientId]: With it, a repeated request gets the same group.
  Future<GroupChat> createGroup({required String name, required List<String> participantIds, String? clientId}) async {
    final answer = await _client.send(
      'POST',
      '/groups',
      body: {'name': name, 'participantIds': participantIds, 'clientId': ?clientId},
    );
    return GroupChat.fromJson(answer['group'] as Json);
  }

  /// Remove the picture of a group (admins and the owner).
  Future<GroupChat> deletePicture(String groupId) async {
    final answer = await _client.send('DELETE', '/groups/$groupId/picture');
    return GroupChat.fromJson(answer['group'] as Json);
  }

  /// Read a group with its members, in pages.
  ///
  /// - [limit]: The maximum number of participants to return.
  /// - [cursor]: The `cursor` of the previous page.
  Future<GetGroupResponse> getGroup(String groupId, {int? limit, String? cursor}) async {
    final answer = await _client.send('GET', '/groups/$groupId', query: {'limit': ?limit, 'cursor': ?cursor});
    return GetGroupResponse.fromJson(answer);
  }

  /// Join a group by its invite code; joining again changes nothing.
  ///
  /// - [inviteCode]: As people type and paste it: lower case, spaces, dashes, quotes, invisible characters and
  ///   Cyrillic or Greek letters that look like Latin ones are accepted, and so is the app’s link with the code.
  Future<GroupChat> joinGroup({required String inviteCode}) async {
    final answer = await _client.send('POST', '/groups/join', body: {'inviteCode': inviteCode});
    return GroupChat.fromJson(answer['group'] as Json);
  }

  /// Leave a group or remove a member; if the owner leaves, another member becomes owner; the last member closes the
  /// group.
  Future<void> removeMember(String groupId, String userId) async {
    await _client.send('DELETE', '/groups/$groupId/members/$userId');
  }

  /// Rename a group, or change who may write in it and how often (admins and the owner).
  ///
  /// - [posting]: Who may write: everyone, or only the owner and admins. Everybody may still read and react. One of
  ///   `everyone`, `admins`.
  /// - [slowModeSeconds]: How long a member waits after a message before the next one; 0 for not at all. Admins never
  ///   wait.
  Future<GroupChat> renameGroup(String groupId, {String? name, String? posting, int? slowModeSeconds}) async {
    final answer = await _client.send(
      'PATCH',
      '/groups/$groupId',
      body: {'name': ?name, 'posting': ?posting, 'slowModeSeconds': ?slowModeSeconds},
    );
    return GroupChat.fromJson(answer['group'] as Json);
  }

  /// Create a new invite code (admins and the owner); the old one stops working.
  ///
  /// - [expiresIn]: How long the code is valid, in seconds. By default it does not expire.
  /// - [maxUses]: How many people may join with the code. By default there is no limit.
  Future<RenewInviteResponse> renewInvite(String groupId, {int? expiresIn, int? maxUses}) async {
    final answer = await _client.send(
      'POST',
      '/groups/$groupId/invite',
      body: {'expiresIn': ?expiresIn, 'maxUses': ?maxUses},
    );
    return RenewInviteResponse.fromJson(answer);
  }

  /// Revoke the invite code (admins and the owner).
  Future<void> revokeInvite(String groupId) async {
    await _client.send('DELETE', '/groups/$groupId/invite');
  }

  /// Set the picture of a group: an uploaded file with the purpose "picture" (admins and the owner).
  Future<GroupChat> setPicture(String groupId, {required String fileId}) async {
    final answer = await _client.send('PUT', '/groups/$groupId/picture', body: {'fileId': fileId});
    return GroupChat.fromJson(answer['group'] as Json);
  }

  /// Change a member’s role (the owner); naming a new owner makes the old one an admin.
  ///
  /// - [role]: The owner may do everything; an admin may do everything except change roles and remove admins; a
  ///   member may only leave. One of `owner`, `admin`, `member`.
  Future<void> setRole(String groupId, String userId, {required String role}) async {
    await _client.send('PUT', '/groups/$groupId/members/$userId/role', body: {'role': role});
  }

  // Files, which are uploaded to a bucket and then sent with messages or set as pictures.

  /// Announce a file: the answer says where to upload it. Then send its id with a message, or set it as a picture.
  ///
  /// - [name]: The file’s name, for people and for the download.
  /// - [mimeType]: One of `image/jpeg`, `image/png`, `image/webp`, `image/gif`, `image/heic`, `video/mp4`,
  ///   `video/webm`, `audio/mp4`, `audio/webm`, `audio/ogg`, `audio/mpeg`, `application/pdf`, `application/zip`,
  ///   `application/msword`, `application/vnd.ms-excel`, `application/vnd.ms-powerpoint`,
  ///   `application/vnd.openxmlformats-officedocument.wordprocessingml.document`,
  ///   `application/vnd.openxmlformats-officedocument.spreadsheetml.sheet`,
  ///   `application/vnd.openxmlformats-officedocument.presentationml.presentation`, `text/plain`.
  /// - [size]: Bytes.
  /// - [purpose]: For a message, as my avatar, or as the picture of a group. One of `message`, `avatar`, `picture`.
  /// - [width]: Of a picture or a video, in pixels.
  /// - [durationMs]: Of a voice message, a sound or a video.
  /// - [blurhash]: A BlurHash (blurha.sh), which clients show until the picture is there.
  /// - [waveform]: Of a voice message: its loudness over time, from 0 to 100. It marks a voice message as one.
  /// - [thumbnail]: A small JPEG of a picture or a video, which clients show in the chat.
  Future<CreateFileResponse> createFile({
    required String name,
    required String mimeType,
    required int size,
    required String purpose,
    int? width,
    int? height,
    int? durationMs,
    String? blurhash,
    List<int>? waveform,
    Thumbnail? thumbnail,
  }) async {
    final answer = await _client.send(
      'POST',
      '/files',
      body: {
        'name': name,
        'mimeType': mimeType,
        'size': size,
        'width': ?width,
        'height': ?height,
        'durationMs': ?durationMs,
        'blurhash': ?blurhash,
        'waveform': ?waveform,
        'purpose': purpose,
        'thumbnail': ?thumbnail,
      },
    );
    return CreateFileResponse.fromJson(answer);
  }

  // The assistant.

  /// Ask the assistant about a chat; all participants get the answer.
  ///
  /// - [clientId]: With it, a repeated question gets the same answer.
  Future<Message> askAssistant({required String chatId, required String question, String? clientId}) async {
    final answer = await _client.send(
      'POST',
      '/ai/ask',
      body: {'chatId': chatId, 'question': question, 'clientId': ?clientId},
    );
    return Message.fromJson(answer['message'] as Json);
  }

  /// Suggest what to say or do next in a chat, three things at most.
  Future<List<Suggestion>> listSuggestions({required String chatId}) async {
    final answer = await _client.send('GET', '/ai/suggestions', query: {'chatId': chatId});
    return listOf(answer['suggestions'], Suggestion.fromJson);
  }

  // Google accounts and Meet links.

  /// Create a Google Meet link, and post it into a chat if one is named.
  ///
  /// - [chatId]: The chat to post the link into.
  Future<String> createMeeting({String? chatId}) async {
    final answer = await _client.send('POST', '/google/meet/create', body: {'chatId': ?chatId});
    return answer['meetUrl'] as String;
  }

  /// Link my Google account: with an access token or a server auth code from google_sign_in.
  ///
  /// - [token]: An access token or a server auth code; it must allow meetings.space.created.
  Future<void> linkGoogle({required String token}) async {
    await _client.send('POST', '/auth/gmail/token', body: {'token': token});
  }

  /// Unlink my Google account, and revoke its tokens at Google.
  Future<void> unlinkGoogle() async {
    await _client.send('DELETE', '/auth/gmail/token');
  }

  // The state of the service.

  /// Check that the service and its database are up.
  Future<void> checkHealth() async {
    await _client.send('GET', '/health');
  }
}
