typedef Json = Map<String, dynamic>;

/// What has no value is left out of the JSON, never null in it. Fields that are new one day are ignored.
List<T> listOf<T>(dynamic items, T Function(Json) fromJson) =>
    [for (final item in items as List<dynamic>) fromJson(item as Json)];

class User {
  User.fromJson(Json json)
      : id = json['id'] as String,
        name = json['name'] as String,
        email = json['email'] as String?,
        phone = json['phone'] as String?;

  final String id;
  final String name;

  /// Another person's only if you have looked them up by it.
  final String? email;
  final String? phone;

  Json toJson() => {'id': id, 'name': name, if (email != null) 'email': email, if (phone != null) 'phone': phone};
}

class Chat {
  Chat.fromJson(Json json)
      : id = json['id'] as String,
        name = json['name'] as String,
        isGroup = json['type'] == 'group',
        participantIds = (json['participantIds'] as List<dynamic>).cast<String>(),
        inviteCode = json['inviteCode'] as String?,
        createdAt = DateTime.parse(json['createdAt'] as String),
        lastMessage = json['lastMessage'] as String?,
        lastMessageAt = DateTime.tryParse(json['lastMessageAt'] as String? ?? ''),
        lastSeq = json['lastSeq'] as int,
        unreadCount = json['unreadCount'] as int;

  final String id;

  /// A direct chat has the name of the other person.
  final String name;
  final bool isGroup;
  final List<String> participantIds;
  final String? inviteCode;
  final DateTime createdAt;

  /// Its first 300 characters.
  final String? lastMessage;
  final DateTime? lastMessageAt;
  final int lastSeq;
  final int unreadCount;
}

class Group {
  Group.fromJson(Json json)
      : id = json['id'] as String,
        name = json['name'] as String,
        participantIds = (json['participantIds'] as List<dynamic>).cast<String>(),
        inviteCode = json['inviteCode'] as String?,
        createdAt = DateTime.parse(json['createdAt'] as String),
        members = listOf(json['members'] ?? const <dynamic>[], Member.fromJson);

  final String id;
  final String name;
  final List<String> participantIds;
  final String? inviteCode;
  final DateTime createdAt;

  /// Only in the answer of `getGroup`.
  final List<Member> members;
}

class Member {
  Member.fromJson(Json json)
      : userId = json['userId'] as String,
        name = json['name'] as String,
        role = json['role'] as String,
        joinedAt = DateTime.parse(json['joinedAt'] as String);

  final String userId;
  final String name;

  /// `owner`, `admin` or `member`.
  final String role;
  final DateTime joinedAt;
}

class Message {
  Message.fromJson(Json json)
      : id = json['id'] as String,
        chatId = json['chatId'] as String,
        userId = json['userId'] as String,
        userName = json['userName'] as String,
        content = json['content'] as String,
        type = json['type'] as String,
        createdAt = DateTime.parse(json['createdAt'] as String),
        seq = json['seq'] as int,
        clientId = json['clientId'] as String?,
        metadata = json['metadata'] as Json? ?? const {};

  final String id;
  final String chatId;

  /// `assistant` of the assistant's.
  final String userId;
  final String userName;
  final String content;

  /// `text`, `ai` or `system`; there may be others one day: show their `content`.
  final String type;
  final DateTime createdAt;

  /// Its place in the chat: 1, 2, 3...
  final int seq;
  final String? clientId;

  /// `meetUrl`, `suggestMeet`, `question`, `askedBy`; of a system message `event`, `memberIds`, `name`, `role`.
  final Json metadata;
}

/// A proposal for what to say: it is no message yet.
class Suggestion {
  Suggestion.fromJson(Json json)
      : id = json['id'] as String,
        content = json['content'] as String;

  final String id;
  final String content;
}

/// A place where the user is signed in.
class Device {
  Device.fromJson(Json json)
      : sessionId = json['id'] as String,
        name = json['device'] as String,
        lastUsedAt = DateTime.parse(json['lastUsedAt'] as String),
        isThisOne = json['current'] as bool;

  final String sessionId;
  final String name;
  final DateTime lastUsedAt;
  final bool isThisOne;
}
