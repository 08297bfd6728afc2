import 'package:dio/dio.dart';

import 'api_problem.dart';
import 'app_config.dart';
import 'models.dart';
import 'session.dart';

/// Every REST endpoint. Throws [ApiProblem] for a refusal, and a DioException for what never arrived.
class ChatApi {
  ChatApi(this.session) {
    _dio.interceptors.add(SessionInterceptor(_dio, session));
  }

  /// Messages that a page has at most.
  static const pageSize = 50;

  final Session session;
  final _dio = Dio(BaseOptions(
    baseUrl: AppConfig.apiBaseUrl,
    connectTimeout: const Duration(seconds: 10),
    receiveTimeout: const Duration(seconds: 10),
  ));

  Future<Json> _call(String method, String path, {Json? body, Json? query, Duration? patience}) async {
    try {
      final options = Options(method: method, receiveTimeout: patience);
      final answer = await _dio.request<Json>(path, data: body, queryParameters: query, options: options);
      return answer.data ?? const {};
    } on DioException catch (error) {
      throw ApiProblem.of(error) ?? error;
    }
  }

  // Accounts

  /// `device` is what the session is called in [listSessions], "Anna's Pixel 9"; without it only "Dart/3.9" is known.
  Future<void> register(String email, String password, {String? name, String? device}) async {
    final answer = await _call('POST', '/auth/register', body: {
      'email': email,
      'password': password,
      if (name != null) 'name': name,
      if (device != null) 'device': device,
    });
    await session.begin(Tokens.fromJson(answer));
  }

  Future<void> login(String email, String password, {String? device}) async {
    final answer = await _call('POST', '/auth/login',
        body: {'email': email, 'password': password, if (device != null) 'device': device});
    await session.begin(Tokens.fromJson(answer));
  }

  /// Seconds until another code may be asked for.
  Future<int> sendCode(String phone) async =>
      (await _call('POST', '/auth/code', body: {'phone': phone}))['retryAfter'] as int;

  /// A new phone makes an account.
  Future<void> loginByPhone(String phone, String code, {String? device}) async {
    final answer = await _call('POST', '/auth/login',
        body: {'phone': phone, 'code': code, if (device != null) 'device': device});
    await session.begin(Tokens.fromJson(answer));
  }

  /// Without an answer the device is signed out all the same.
  Future<void> logout({bool everywhere = false}) async {
    try {
      await _call('POST', '/auth/logout', body: {'everywhere': everywhere});
    } finally {
      await session.end();
    }
  }

  Future<List<Device>> listSessions() async =>
      listOf((await _call('GET', '/auth/sessions'))['sessions'], Device.fromJson);

  Future<void> endSession(String sessionId) => _call('DELETE', '/auth/sessions/$sessionId');

  /// With the current password, or with a code sent to the account's phone. The other sessions end.
  Future<void> changePassword(String newPassword, {String? currentPassword, String? code}) =>
      _call('POST', '/auth/password', body: {
        'newPassword': newPassword,
        if (currentPassword != null) 'currentPassword': currentPassword,
        if (code != null) 'code': code,
      });

  /// Opens one socket, within a minute. Refused with the reason when the chat would refuse the socket.
  Future<String> createTicket(String chatId) async =>
      (await _call('POST', '/auth/ticket', body: {'chatId': chatId}))['ticket'] as String;

  // People

  Future<User> getMe() async => User.fromJson((await _call('GET', '/users/me'))['user'] as Json);

  Future<User> updateMe(String name) async => _changed(await _call('PATCH', '/users/me', body: {'name': name}));

  /// The session shows who is signed in, after a restart too.
  Future<User> _changed(Json answer) async {
    final user = User.fromJson(answer['user'] as Json);
    await session.update(user);
    return user;
  }

  /// `code` was sent to the new phone; the account's password, or a code to its old phone, shows whose it is.
  Future<User> linkPhone(String phone, String code, {String? password, String? currentCode}) async {
    return _changed(await _call('PUT', '/users/me/phone', body: {
      'phone': phone,
      'code': code,
      if (password != null) 'password': password,
      if (currentCode != null) 'currentCode': currentCode,
    }));
  }

  /// An account without a password gets this one, and shows by a code to its phone whose it is.
  Future<User> linkEmail(String email, String password, {String? code}) async {
    return _changed(await _call('PUT', '/users/me/email',
        body: {'email': email, 'password': password, if (code != null) 'code': code}));
  }

  /// For good; the messages stay, by "Deleted user".
  Future<void> deleteMe({String? password, String? code}) async {
    await _call('DELETE', '/users/me',
        body: {if (password != null) 'password': password, if (code != null) 'code': code});
    await session.end();
  }

  /// Everything about me, in pages: ask with the `cursor` of the page before until there is none.
  Future<Json> exportMe({String? cursor}) =>
      _call('GET', '/users/me/export', query: {if (cursor != null) 'cursor': cursor});

  /// Those of 50 emails and phones at most that have an account.
  Future<List<User>> lookup({List<String> emails = const [], List<String> phones = const []}) async => listOf(
      (await _call('POST', '/users/lookup', body: {'emails': emails, 'phones': phones}))['users'], User.fromJson);

  Future<void> block(String userId) => _call('PUT', '/users/$userId/block');

  Future<void> unblock(String userId) => _call('DELETE', '/users/$userId/block');

  Future<List<User>> listBlocks() async => listOf((await _call('GET', '/users/me/blocks'))['users'], User.fromJson);

  // Chats

  /// The one with the newest message first.
  Future<List<Chat>> listChats() async => listOf((await _call('GET', '/chats'))['chats'], Chat.fromJson);

  Future<Chat> openDirect(String userId) async =>
      Chat.fromJson((await _call('POST', '/chats/direct', body: {'userId': userId}))['chat'] as Json);

  /// Oldest first: the newest page, or the one after or before a number.
  Future<List<Message>> listMessages(String chatId, {int? after, int? before}) async {
    final Json query = {'limit': pageSize, if (after != null) 'after': after, if (before != null) 'before': before};
    return listOf((await _call('GET', '/chats/$chatId/messages', query: query))['messages'], Message.fromJson);
  }

  /// With the same `clientId` it is stored once, however often it is sent.
  Future<Message> sendMessage(String chatId, String content, {required String clientId}) async {
    final answer =
        await _call('POST', '/chats/$chatId/messages', body: {'content': content, 'clientId': clientId});
    return Message.fromJson(answer['message'] as Json);
  }

  Future<void> markRead(String chatId, int seq) => _call('POST', '/chats/$chatId/read', body: {'seq': seq});

  /// Up to which number each participant has read.
  Future<Map<String, int>> listReads(String chatId) async => {
        for (final read in (await _call('GET', '/chats/$chatId/reads'))['reads'] as List<dynamic>)
          (read as Json)['userId'] as String: read['seq'] as int,
      };

  Future<void> reportMessage(String chatId, String messageId, String reason) => _call('POST', '/messages/report',
      body: {'chatId': chatId, 'messageId': messageId, 'reason': reason});

  // Groups

  Future<Group> createGroup(String name, {List<String> participantIds = const []}) async => Group.fromJson(
      (await _call('POST', '/groups', body: {'name': name, 'participantIds': participantIds}))['group'] as Json);

  Future<Group> joinGroup(String inviteCode) async =>
      Group.fromJson((await _call('POST', '/groups/join', body: {'inviteCode': inviteCode}))['group'] as Json);

  Future<Group> getGroup(String groupId) async =>
      Group.fromJson((await _call('GET', '/groups/$groupId'))['group'] as Json);

  Future<Group> renameGroup(String groupId, String name) async =>
      Group.fromJson((await _call('PATCH', '/groups/$groupId', body: {'name': name}))['group'] as Json);

  Future<Group> addMembers(String groupId, List<String> userIds) async => Group.fromJson(
      (await _call('POST', '/groups/$groupId/members', body: {'userIds': userIds}))['group'] as Json);

  /// Leaves, when it is me.
  Future<void> removeMember(String groupId, String userId) => _call('DELETE', '/groups/$groupId/members/$userId');

  Future<void> setRole(String groupId, String userId, String role) =>
      _call('PUT', '/groups/$groupId/members/$userId/role', body: {'role': role});

  /// The old code is void.
  Future<String> renewInvite(String groupId, {Duration? expiresIn, int? maxUses}) async {
    final answer = await _call('POST', '/groups/$groupId/invite', body: {
      if (expiresIn != null) 'expiresIn': expiresIn.inSeconds,
      if (maxUses != null) 'maxUses': maxUses,
    });
    return answer['inviteCode'] as String;
  }

  Future<void> revokeInvite(String groupId) => _call('DELETE', '/groups/$groupId/invite');

  // Assistant and meetings

  /// Everyone in the chat gets the answer, the asker too.
  Future<Message> ask(String chatId, String question) async {
    final answer = await _call('POST', '/ai/ask',
        body: {'chatId': chatId, 'question': question}, patience: const Duration(seconds: 30));
    return Message.fromJson(answer['message'] as Json);
  }

  Future<List<Suggestion>> listSuggestions(String chatId) async {
    final answer = await _call('GET', '/ai/suggestions',
        query: {'chatId': chatId}, patience: const Duration(seconds: 30));
    return listOf(answer['suggestions'], Suggestion.fromJson);
  }

  /// A server auth code of google_sign_in.
  Future<void> linkGoogle(String token) => _call('POST', '/auth/gmail/token', body: {'token': token});

  Future<void> unlinkGoogle() => _call('DELETE', '/auth/gmail/token');

  /// The link is posted into the chat, if one is named.
  Future<String> createMeeting({String? chatId}) async =>
      (await _call('POST', '/google/meet/create', body: {if (chatId != null) 'chatId': chatId}))['meetUrl'] as String;

  // The server

  Future<bool> isHealthy() async {
    try {
      return (await _call('GET', '/health'))['status'] == 'ok';
    } on Exception {
      return false;
    }
  }
}
