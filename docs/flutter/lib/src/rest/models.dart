// Generated from the contract by `npm run specs`: do not edit.
// dart format off

import 'json.dart';

// A field without a value is absent from the JSON, never null. Unknown fields are ignored.

class AnnouncedFile {
  AnnouncedFile.fromJson(Json json)
    : id = json['id'] as String,
      name = json['name'] as String,
      mimeType = json['mimeType'] as String,
      size = json['size'] as int,
      width = json['width'] as int?,
      height = json['height'] as int?,
      durationMs = json['durationMs'] as int?,
      blurhash = json['blurhash'] as String?,
      waveform = List<int>.from(json['waveform'] as List<dynamic>? ?? const []),
      purpose = json['purpose'] as String,
      expiresIn = json['expiresIn'] as int;

  final String id;

  /// The file’s name, for people and for the download.
  final String name;

  /// One of `image/jpeg`, `image/png`, `image/webp`, `image/gif`, `image/heic`, `video/mp4`, `video/webm`, `audio/mp4`,
  /// `audio/webm`, `audio/ogg`, `audio/mpeg`, `application/pdf`, `application/zip`, `application/msword`,
  /// `application/vnd.ms-excel`, `application/vnd.ms-powerpoint`,
  /// `application/vnd.openxmlformats-officedocument.wordprocessingml.document`,
  /// `application/vnd.openxmlformats-officedocument.spreadsheetml.sheet`,
  /// `application/vnd.openxmlformats-officedocument.presentationml.presentation`, `text/plain`; there may be new ones.
  final String mimeType;

  /// Bytes.
  final int size;

  /// Of a picture or a video, in pixels.
  final int? width;
  final int? height;

  /// Of a voice message, a sound or a video.
  final int? durationMs;

  /// A BlurHash (blurha.sh), which clients show until the picture is there.
  final String? blurhash;

  /// Of a voice message: its loudness over time, from 0 to 100. It marks a voice message as one.
  final List<int> waveform;

  /// For a message, as my avatar, or as the picture of a group. One of `message`, `avatar`, `picture`; there may be new
  /// ones.
  final String purpose;

  /// Seconds, within which it must be uploaded and used.
  final int expiresIn;
}

class Attachment {
  Attachment.fromJson(Json json)
    : id = json['id'] as String,
      name = json['name'] as String,
      mimeType = json['mimeType'] as String,
      size = json['size'] as int,
      width = json['width'] as int?,
      height = json['height'] as int?,
      durationMs = json['durationMs'] as int?,
      blurhash = json['blurhash'] as String?,
      waveform = List<int>.from(json['waveform'] as List<dynamic>? ?? const []),
      url = json['url'] as String,
      thumbnailUrl = json['thumbnailUrl'] as String?;

  final String id;

  /// The file’s name, for people and for the download.
  final String name;

  /// One of `image/jpeg`, `image/png`, `image/webp`, `image/gif`, `image/heic`, `video/mp4`, `video/webm`, `audio/mp4`,
  /// `audio/webm`, `audio/ogg`, `audio/mpeg`, `application/pdf`, `application/zip`, `application/msword`,
  /// `application/vnd.ms-excel`, `application/vnd.ms-powerpoint`,
  /// `application/vnd.openxmlformats-officedocument.wordprocessingml.document`,
  /// `application/vnd.openxmlformats-officedocument.spreadsheetml.sheet`,
  /// `application/vnd.openxmlformats-officedocument.presentationml.presentation`, `text/plain`; there may be new ones.
  final String mimeType;

  /// Bytes.
  final int size;

  /// Of a picture or a video, in pixels.
  final int? width;
  final int? height;

  /// Of a voice message, a sound or a video.
  final int? durationMs;

  /// A BlurHash (blurha.sh), which clients show until the picture is there.
  final String? blurhash;

  /// Of a voice message: its loudness over time, from 0 to 100. It marks a voice message as one.
  final List<int> waveform;

  /// Valid until the end of the next day (UTC). Every answer has a current one. It needs no token.
  final String url;

  /// A small JPEG of it, if its sender made one.
  final String? thumbnailUrl;
}

class BlockedUser {
  BlockedUser.fromJson(Json json)
    : id = json['id'] as String,
      name = json['name'] as String,
      userDeleted = json['userDeleted'] as bool?,
      avatarUrl = json['avatarUrl'] as String?,
      blockedAt = DateTime.parse(json['blockedAt'] as String);

  final String id;
  final String name;

  /// The account is gone.
  final bool? userDeleted;

  /// Valid until the end of the next day (UTC). Every answer has a current one.
  final String? avatarUrl;
  final DateTime blockedAt;
}

class Chat {
  Chat.fromJson(Json json)
    : id = json['id'] as String,
      name = json['name'] as String,
      userDeleted = json['userDeleted'] as bool?,
      type = json['type'] as String,
      participantIds = List<String>.from(json['participantIds'] as List<dynamic>),
      pictureUrl = json['pictureUrl'] as String?,
      inviteCode = json['inviteCode'] as String?,
      createdAt = DateTime.parse(json['createdAt'] as String),
      lastMessageAt = DateTime.parse(json['lastMessageAt'] as String),
      lastMessage = json['lastMessage'] as String,
      lastMessageType = json['lastMessageType'] as String?,
      lastMessageUserId = json['lastMessageUserId'] as String?,
      lastMessageUserName = json['lastMessageUserName'] as String?,
      lastMessageUserDeleted = json['lastMessageUserDeleted'] as bool?,
      lastMessageMetadata = optional(json['lastMessageMetadata'], MessageMetadata.fromJson),
      lastMessageDeleted = json['lastMessageDeleted'] as bool?,
      lastSeq = json['lastSeq'] as int,
      unreadCount = json['unreadCount'] as int,
      lastRev = json['lastRev'] as int,
      epoch = json['epoch'] as String,
      mentionCount = json['mentionCount'] as int,
      markedUnread = json['markedUnread'] as bool?,
      notifications = optional(json['notifications'], Notifications.fromJson),
      place = optional(json['place'], Place.fromJson),
      posting = json['posting'] as String?,
      locked = json['locked'] as bool?,
      slowModeSeconds = json['slowModeSeconds'] as int?;

  final String id;

  /// In a direct chat, the name of the other person.
  final String name;

  /// Only in a direct chat: the other person’s account is gone.
  final bool? userDeleted;

  /// One of `group`, `direct`; there may be new ones.
  final String type;
  final List<String> participantIds;

  /// The picture of a group; in a direct chat, the avatar of the other person.
  final String? pictureUrl;

  /// Only in groups, and only while the group has one.
  final String? inviteCode;
  final DateTime createdAt;

  /// Before the first message: `createdAt`.
  final DateTime lastMessageAt;

  /// The first 300 characters of the newest message; empty before the first.
  final String lastMessage;

  /// One of `text`, `ai`, `system`; there may be new ones.
  final String? lastMessageType;
  final String? lastMessageUserId;
  final String? lastMessageUserName;
  final bool? lastMessageUserDeleted;

  /// The newest message’s `metadata`, with the first 300 characters of a `question`.
  final MessageMetadata? lastMessageMetadata;

  /// The newest message was deleted.
  final bool? lastMessageDeleted;

  /// The number of the newest message, 0 before the first.
  final int lastSeq;

  /// How many messages of others are above the last one I have read. My own are never unread.
  final int unreadCount;

  /// How many changes the chat has had: if you know fewer, ask for them. It is no cursor.
  final int lastRev;

  /// Another one means that a backup was restored: forget all numbers and messages.
  final String epoch;

  /// How many unread messages mention me, by id or as part of everyone.
  final int mentionCount;

  /// I have marked the chat as unread, and have not read it since.
  final bool? markedUnread;

  /// Absent: all messages notify me.
  final Notifications? notifications;

  /// Absent: neither pinned nor archived.
  final Place? place;

  /// Only in groups where only the owner and admins may write. So far always `admins`.
  final String? posting;

  /// The operator has locked the chat: nobody can write or change anything.
  final bool? locked;

  /// Only in groups with slow mode: how long a member waits after a message before the next one.
  final int? slowModeSeconds;
}

class CreateFileResponse {
  CreateFileResponse.fromJson(Json json)
    : file = AnnouncedFile.fromJson(json['file'] as Json),
      upload = FileUpload.fromJson(json['upload'] as Json),
      thumbnailUpload = optional(json['thumbnailUpload'], FileUpload.fromJson);

  final AnnouncedFile file;
  final FileUpload upload;
  final FileUpload? thumbnailUpload;
}

class CreateTicketResponse {
  CreateTicketResponse.fromJson(Json json)
    : ticket = json['ticket'] as String,
      expiresIn = json['expiresIn'] as int;

  final String ticket;

  /// Seconds.
  final int expiresIn;
}

class ExportMeResponse {
  ExportMeResponse.fromJson(Json json)
    : user = optional(json['user'], ExportedUser.fromJson),
      sessions = listOf(json['sessions'], ExportedSession.fromJson),
      blockedUserIds = List<String>.from(json['blockedUserIds'] as List<dynamic>? ?? const []),
      chats = listOf(json['chats'], ExportedChat.fromJson),
      formerChats = listOf(json['formerChats'], FormerChat.fromJson),
      messages = listOf(json['messages'], OwnMessage.fromJson),
      reactions = listOf(json['reactions'], OwnReaction.fromJson),
      cursor = json['cursor'] as String?;

  /// Only on the first page.
  final ExportedUser? user;

  /// Only on the first page.
  final List<ExportedSession> sessions;

  /// Only on the first page.
  final List<String> blockedUserIds;

  /// Only on the first page.
  final List<ExportedChat> chats;

  /// Only on the first page.
  final List<FormerChat> formerChats;

  /// My messages, by chat and in order. A page may be empty.
  final List<OwnMessage> messages;

  /// My reactions to messages, by chat and in order.
  final List<OwnReaction> reactions;

  /// For the next page; absent on the last.
  final String? cursor;
}

class ExportedChat {
  ExportedChat.fromJson(Json json)
    : id = json['id'] as String,
      role = json['role'] as String,
      joinedAt = DateTime.parse(json['joinedAt'] as String),
      readSeq = json['readSeq'] as int,
      notifications = optional(json['notifications'], Notifications.fromJson),
      place = optional(json['place'], Place.fromJson);

  final String id;
  final String role;
  final DateTime joinedAt;
  final int readSeq;
  final Notifications? notifications;
  final Place? place;
}

class ExportedSession {
  ExportedSession.fromJson(Json json)
    : device = json['device'] as String,
      createdAt = DateTime.parse(json['createdAt'] as String),
      lastUsedAt = DateTime.parse(json['lastUsedAt'] as String);

  final String device;
  final DateTime createdAt;
  final DateTime lastUsedAt;
}

class ExportedUser {
  ExportedUser.fromJson(Json json)
    : id = json['id'] as String,
      email = json['email'] as String,
      name = json['name'] as String,
      phone = json['phone'] as String?,
      avatarUrl = json['avatarUrl'] as String?,
      addedBy = json['addedBy'] as String?,
      showLastSeen = json['showLastSeen'] as bool?,
      pushPreview = json['pushPreview'] as String?,
      createdAt = DateTime.parse(json['createdAt'] as String);

  final String id;

  /// Empty in an account without an email.
  final String email;
  final String name;
  final String? phone;

  /// Valid until the end of the next day (UTC). Every answer has a current one.
  final String? avatarUrl;

  /// Who may add me to groups; by default anyone. Contacts are those I have written to in a direct chat. Everybody can
  /// send me an invite code. One of `anyone`, `contacts`, `nobody`; there may be new ones.
  final String? addedBy;

  /// I hide when I was last seen, so I don’t see it of others either. Absent by default.
  final bool? showLastSeen;

  /// What push notifications show of a message: its text and its author’s name (the default), the name alone, or
  /// neither. One of `text`, `name`, `none`; there may be new ones.
  final String? pushPreview;
  final DateTime createdAt;
}

class FileUpload {
  FileUpload.fromJson(Json json)
    : url = json['url'] as String,
      headers = json['headers'] as Json,
      expiresIn = json['expiresIn'] as int;

  /// Send the bytes there with PUT and these headers, without a token.
  final String url;
  final Json headers;

  /// Seconds.
  final int expiresIn;
}

class FormerChat {
  FormerChat.fromJson(Json json)
    : id = json['id'] as String,
      leftAt = DateTime.parse(json['leftAt'] as String);

  final String id;
  final DateTime leftAt;
}

class FoundUser {
  FoundUser.fromJson(Json json)
    : id = json['id'] as String,
      name = json['name'] as String,
      email = json['email'] as String?,
      phone = json['phone'] as String?,
      avatarUrl = json['avatarUrl'] as String?,
      entry = json['entry'] as String;

  final String id;
  final String name;
  final String? email;
  final String? phone;

  /// Valid until the end of the next day (UTC). Every answer has a current one.
  final String? avatarUrl;

  /// The entry of the request that found this user, exactly as it was sent.
  final String entry;
}

class GetGroupResponse {
  GetGroupResponse.fromJson(Json json)
    : group = GroupWithMembers.fromJson(json['group'] as Json),
      cursor = json['cursor'] as String?;

  final GroupWithMembers group;

  /// For the next page; absent on the last.
  final String? cursor;
}

class GroupChat {
  GroupChat.fromJson(Json json)
    : id = json['id'] as String,
      name = json['name'] as String,
      type = json['type'] as String,
      participantIds = List<String>.from(json['participantIds'] as List<dynamic>),
      inviteCode = json['inviteCode'] as String?,
      createdAt = DateTime.parse(json['createdAt'] as String),
      pictureUrl = json['pictureUrl'] as String?,
      posting = json['posting'] as String?,
      locked = json['locked'] as bool?,
      slowModeSeconds = json['slowModeSeconds'] as int?;

  final String id;
  final String name;

  /// So far always `group`.
  final String type;
  final List<String> participantIds;

  /// Absent if it was revoked.
  final String? inviteCode;
  final DateTime createdAt;
  final String? pictureUrl;

  /// Only in groups where only the owner and admins may write. So far always `admins`.
  final String? posting;

  /// The operator has locked the chat: nobody can write or change anything.
  final bool? locked;

  /// Only in groups with slow mode: how long a member waits after a message before the next one.
  final int? slowModeSeconds;
}

class GroupWithMembers {
  GroupWithMembers.fromJson(Json json)
    : id = json['id'] as String,
      name = json['name'] as String,
      type = json['type'] as String,
      participantIds = List<String>.from(json['participantIds'] as List<dynamic>),
      inviteCode = json['inviteCode'] as String?,
      createdAt = DateTime.parse(json['createdAt'] as String),
      pictureUrl = json['pictureUrl'] as String?,
      posting = json['posting'] as String?,
      locked = json['locked'] as bool?,
      slowModeSeconds = json['slowModeSeconds'] as int?,
      members = listOf(json['members'], Member.fromJson);

  final String id;
  final String name;

  /// So far always `group`.
  final String type;
  final List<String> participantIds;

  /// Absent if it was revoked.
  final String? inviteCode;
  final DateTime createdAt;
  final String? pictureUrl;

  /// Only in groups where only the owner and admins may write. So far always `admins`.
  final String? posting;

  /// The operator has locked the chat: nobody can write or change anything.
  final bool? locked;

  /// Only in groups with slow mode: how long a member waits after a message before the next one.
  final int? slowModeSeconds;
  final List<Member> members;
}

class ListChangesResponse {
  ListChangesResponse.fromJson(Json json)
    : messages = listOf(json['messages'], Message.fromJson),
      rev = json['rev'] as int,
      head = json['head'] as int,
      next = json['next'] as int?,
      reset = json['reset'] as bool?,
      more = json['more'] as bool?,
      epoch = json['epoch'] as String;

  final List<Message> messages;

  /// The new cursor: the client has every change up to it, and no others will appear there. With several pages, the
  /// first one’s counts.
  final int rev;

  /// The newest change. While it is above `rev`, ask once more after a minute.
  final int head;

  /// There are more changes: ask again at once, with this in place of the cursor.
  final int? next;

  /// There are too many changes, or the cursor is not valid: forget the chat and load its newest page.
  final bool? reset;

  /// There are more changes: `next` says after which.
  final bool? more;
  final String epoch;
}

class ListChatsResponse {
  ListChatsResponse.fromJson(Json json)
    : chats = listOf(json['chats'], Chat.fromJson),
      cursor = json['cursor'] as String?;

  final List<Chat> chats;

  /// For the next page; absent on the last.
  final String? cursor;
}

class ListMessagesResponse {
  ListMessagesResponse.fromJson(Json json)
    : messages = listOf(json['messages'], Message.fromJson),
      rev = json['rev'] as int,
      epoch = json['epoch'] as String;

  final List<Message> messages;

  /// The cursor to ask for changes from here on: GET /chats/{chatId}/changes, or `sync`.
  final int rev;

  /// Send it with `rev`.
  final String epoch;
}

class ListReadsResponse {
  ListReadsResponse.fromJson(Json json)
    : reads = listOf(json['reads'], ReadMark.fromJson),
      cursor = json['cursor'] as String?;

  final List<ReadMark> reads;

  /// For the next page; absent on the last.
  final String? cursor;
}

class ListUnreadResponse {
  ListUnreadResponse.fromJson(Json json)
    : total = json['total'] as int,
      mentions = json['mentions'] as int,
      chats = listOf(json['chats'], UnreadChat.fromJson);

  /// The sum of the unread messages. A chat that I have muted adds nothing, one with the level `mentions` its
  /// `mentionCount`, and one that I have marked as unread at least 1.
  final int total;

  /// The sum of `mentionCount`, also of chats that I have muted.
  final int mentions;

  /// In no particular order.
  final List<UnreadChat> chats;
}

class LoginSession {
  LoginSession.fromJson(Json json)
    : id = json['id'] as String,
      device = json['device'] as String,
      createdAt = DateTime.parse(json['createdAt'] as String),
      lastUsedAt = DateTime.parse(json['lastUsedAt'] as String),
      current = json['current'] as bool;

  final String id;
  final String device;
  final DateTime createdAt;
  final DateTime lastUsedAt;

  /// Whether this request was made in this session.
  final bool current;
}

class Member {
  Member.fromJson(Json json)
    : userId = json['userId'] as String,
      name = json['name'] as String,
      avatarUrl = json['avatarUrl'] as String?,
      role = json['role'] as String,
      joinedAt = DateTime.parse(json['joinedAt'] as String);

  final String userId;
  final String name;

  /// Valid until the end of the next day (UTC). Every answer has a current one.
  final String? avatarUrl;

  /// The owner may do everything; an admin may do everything except change roles and remove admins; a member may only
  /// leave. One of `owner`, `admin`, `member`; there may be new ones.
  final String role;
  final DateTime joinedAt;
}

class Message {
  Message.fromJson(Json json)
    : id = json['id'] as String,
      chatId = json['chatId'] as String,
      userId = json['userId'] as String,
      userName = json['userName'] as String,
      userDeleted = json['userDeleted'] as bool?,
      content = json['content'] as String,
      type = json['type'] as String,
      createdAt = DateTime.parse(json['createdAt'] as String),
      seq = json['seq'] as int,
      clientId = json['clientId'] as String?,
      metadata = optional(json['metadata'], MessageMetadata.fromJson),
      version = json['version'] as int?,
      editedAt = DateTime.tryParse(json['editedAt'] as String? ?? ''),
      deletedAt = DateTime.tryParse(json['deletedAt'] as String? ?? ''),
      deletedBy = json['deletedBy'] as String?,
      reason = json['reason'] as String?,
      replyTo = optional(json['replyTo'], Quote.fromJson),
      attachments = listOf(json['attachments'], Attachment.fromJson),
      mentions = List<String>.from(json['mentions'] as List<dynamic>? ?? const []),
      everyone = json['everyone'] as bool?,
      reactions = listOf(json['reactions'], Reaction.fromJson),
      pinned = json['pinned'] as bool?;

  final String id;
  final String chatId;

  /// The author; in a system message, the user who did it; "assistant" for the assistant, "operator" for the operator.
  final String userId;
  final String userName;

  /// The author’s account is gone; `userName` says so in the stage’s language.
  final bool? userDeleted;
  final String content;

  /// One of `text`, `ai`, `system`; there may be new ones.
  final String type;
  final DateTime createdAt;

  /// The message’s place in its chat: 1, 2, 3... A gap in the numbers may mean a missed message.
  final int seq;

  /// Chosen by the author’s client for each message, and repeated in every retry.
  final String? clientId;
  final MessageMetadata? metadata;

  /// Counts the changes of a message: keep the state with the higher one. Absent before the first.
  final int? version;
  final DateTime? editedAt;

  /// The message was deleted; `content` says so in the stage’s language. Nothing brings it back.
  final DateTime? deletedAt;

  /// The user who deleted it, or "operator".
  final String? deletedBy;

  /// Why it was deleted, if that was given.
  final String? reason;
  final Quote? replyTo;

  /// The message’s files, at most 10.
  final List<Attachment> attachments;

  /// The participants that the text mentions.
  final List<String> mentions;

  /// The message mentions all participants.
  final bool? everyone;

  /// In the order in which the emojis were first used.
  final List<Reaction> reactions;
  final bool? pinned;
}

class MessageMetadata {
  MessageMetadata.fromJson(Json json)
    : meetUrl = json['meetUrl'] as String?,
      suggestMeet = json['suggestMeet'] as bool?,
      question = json['question'] as String?,
      askedBy = json['askedBy'] as String?,
      event = json['event'] as String?,
      memberIds = List<String>.from(json['memberIds'] as List<dynamic>? ?? const []),
      memberNames = List<String>.from(json['memberNames'] as List<dynamic>? ?? const []),
      deletedMemberIds = List<String>.from(json['deletedMemberIds'] as List<dynamic>? ?? const []),
      name = json['name'] as String?,
      text = json['text'] as String?,
      role = json['role'] as String?,
      posting = json['posting'] as String?,
      placeholder = json['placeholder'] as String?,
      slowModeSeconds = json['slowModeSeconds'] as int?;

  final String? meetUrl;

  /// The assistant suggests a meeting.
  final bool? suggestMeet;

  /// In an answer: the question.
  final String? question;

  /// In an answer: the user who asked.
  final String? askedBy;

  /// What a system message reports, for clients that show their own text. One of `created`, `joined`, `added`, `left`,
  /// `removed`, `renamed`, `role_changed`, `posting_changed`, `picture_changed`, `meeting`, `announced`, `locked`,
  /// `unlocked`; there may be new ones.
  final String? event;

  /// The affected users; in "left", the new owner of the group if there is one.
  final List<String> memberIds;

  /// Their names, in the order of `memberIds`.
  final List<String> memberNames;

  /// Those of `memberIds` whose accounts are gone.
  final List<String> deletedMemberIds;

  /// In "renamed": the new name.
  final String? name;

  /// In "announced": what the operator has to say.
  final String? text;

  /// In "role_changed": the new role. One of `owner`, `admin`, `member`; there may be new ones.
  final String? role;

  /// In "posting_changed": who may write from now on. Absent if that has not changed. One of `everyone`, `admins`;
  /// there may be new ones.
  final String? posting;

  /// The message has files and no text: `content` only says of what kind the first one is. One of `photo`, `video`,
  /// `voice`, `audio`, `file`; there may be new ones.
  final String? placeholder;

  /// In "posting_changed": how long members wait between two messages. Absent if that has not changed.
  final int? slowModeSeconds;
}

class Notifications {
  Notifications.fromJson(Json json)
    : level = json['level'] as String,
      mutedUntil = DateTime.tryParse(json['mutedUntil'] as String? ?? '');

  /// Which messages notify me: all, only those that mention me, or none. One of `all`, `mentions`, `none`; there may be
  /// new ones.
  final String level;

  /// Until then nothing notifies me, whatever the level.
  final DateTime? mutedUntil;
}

class OwnMessage {
  OwnMessage.fromJson(Json json)
    : chatId = json['chatId'] as String,
      seq = json['seq'] as int,
      createdAt = DateTime.parse(json['createdAt'] as String),
      content = json['content'] as String,
      editedAt = DateTime.tryParse(json['editedAt'] as String? ?? ''),
      deletedAt = DateTime.tryParse(json['deletedAt'] as String? ?? ''),
      replyToSeq = json['replyToSeq'] as int?,
      mentions = List<String>.from(json['mentions'] as List<dynamic>? ?? const []),
      everyone = json['everyone'] as bool?,
      attachments = listOf(json['attachments'], Attachment.fromJson);

  final String chatId;
  final int seq;
  final DateTime createdAt;

  /// Empty if the message was deleted.
  final String content;
  final DateTime? editedAt;
  final DateTime? deletedAt;

  /// The `seq` of the message that this one replies to.
  final int? replyToSeq;
  final List<String> mentions;
  final bool? everyone;
  final List<Attachment> attachments;
}

class OwnReaction {
  OwnReaction.fromJson(Json json)
    : chatId = json['chatId'] as String,
      seq = json['seq'] as int,
      emojis = List<String>.from(json['emojis'] as List<dynamic>);

  final String chatId;
  final int seq;
  final List<String> emojis;
}

class Person {
  Person.fromJson(Json json)
    : id = json['id'] as String,
      name = json['name'] as String,
      avatarUrl = json['avatarUrl'] as String?;

  final String id;
  final String name;

  /// Valid until the end of the next day (UTC). Every answer has a current one.
  final String? avatarUrl;
}

class Place {
  Place.fromJson(Json json)
    : pinned = json['pinned'] as bool,
      archived = json['archived'] as bool;

  /// Shown above the other chats.
  final bool pinned;

  /// Shown apart from the other chats.
  final bool archived;
}

class Presence {
  Presence.fromJson(Json json)
    : userId = json['userId'] as String,
      connected = json['connected'] as bool,
      lastSeen = DateTime.tryParse(json['lastSeen'] as String? ?? '');

  final String userId;

  /// Whether the user has an open socket, in any chat and on any device.
  final bool connected;

  /// When the user was last connected, rounded down to five minutes. Absent while connected, and after 30 days.
  final DateTime? lastSeen;
}

class Quote {
  Quote.fromJson(Json json)
    : messageId = json['messageId'] as String,
      seq = json['seq'] as int,
      version = json['version'] as int,
      userId = json['userId'] as String,
      userName = json['userName'] as String,
      content = json['content'] as String,
      type = json['type'] as String,
      deletedAt = DateTime.tryParse(json['deletedAt'] as String? ?? '');

  final String messageId;
  final int seq;

  /// The version of this state: 0 until the first change.
  final int version;
  final String userId;
  final String userName;

  /// The beginning of the text.
  final String content;

  /// One of `text`, `ai`, `system`; there may be new ones.
  final String type;
  final DateTime? deletedAt;
}

class Reaction {
  Reaction.fromJson(Json json)
    : emoji = json['emoji'] as String,
      count = json['count'] as int,
      userIds = List<String>.from(json['userIds'] as List<dynamic>);

  final String emoji;
  final int count;

  /// In the order in which they reacted; on a message the first 20.
  final List<String> userIds;
}

class ReadAllResponse {
  ReadAllResponse.fromJson(Json json)
    : chats = json['chats'] as int,
      more = json['more'] as bool?;

  /// How many chats had something unread and are read now.
  final int chats;

  /// Time ran out: send the request again for the other chats.
  final bool? more;
}

class ReadMark {
  ReadMark.fromJson(Json json)
    : userId = json['userId'] as String,
      seq = json['seq'] as int;

  final String userId;

  /// The number of the last message that this participant has read, 0 before the first.
  final int seq;
}

class RenewInviteResponse {
  RenewInviteResponse.fromJson(Json json)
    : inviteCode = json['inviteCode'] as String,
      expiresAt = DateTime.tryParse(json['expiresAt'] as String? ?? ''),
      maxUses = json['maxUses'] as int?;

  final String inviteCode;
  final DateTime? expiresAt;
  final int? maxUses;
}

class SearchMessagesResponse {
  SearchMessagesResponse.fromJson(Json json)
    : messages = listOf(json['messages'], Message.fromJson),
      searchedTo = json['searchedTo'] as int?;

  /// Newest first. May be empty while `searchedTo` is there.
  final List<Message> messages;

  /// There are older messages, which were not searched: send this as `before` to go on. A request searches at most
  /// 10,000 messages.
  final int? searchedTo;
}

class SendCodeResponse {
  SendCodeResponse.fromJson(Json json)
    : expiresIn = json['expiresIn'] as int,
      retryAfter = json['retryAfter'] as int;

  /// How long the code is valid, in seconds.
  final int expiresIn;

  /// Seconds until another code may be requested.
  final int retryAfter;
}

class SignedIn {
  SignedIn.fromJson(Json json)
    : user = User.fromJson(json['user'] as Json),
      accessToken = json['accessToken'] as String,
      refreshToken = json['refreshToken'] as String;

  final User user;

  /// Valid for one hour.
  final String accessToken;

  /// Valid for 30 days, or until the session ends.
  final String refreshToken;
}

class Suggestion {
  Suggestion.fromJson(Json json)
    : id = json['id'] as String,
      chatId = json['chatId'] as String,
      userId = json['userId'] as String,
      content = json['content'] as String,
      type = json['type'] as String,
      createdAt = DateTime.parse(json['createdAt'] as String);

  final String id;
  final String chatId;
  final String userId;
  final String content;

  /// So far always `ai`.
  final String type;
  final DateTime createdAt;
}

class Thumbnail {
  Thumbnail.fromJson(Json json)
    : size = json['size'] as int,
      width = json['width'] as int?,
      height = json['height'] as int?;

  final int size;

  /// Of a picture or a video, in pixels.
  final int? width;
  final int? height;
}

class UnreadChat {
  UnreadChat.fromJson(Json json)
    : chatId = json['chatId'] as String,
      lastSeq = json['lastSeq'] as int,
      lastRev = json['lastRev'] as int,
      epoch = json['epoch'] as String,
      readSeq = json['readSeq'] as int,
      unreadCount = json['unreadCount'] as int,
      mentionCount = json['mentionCount'] as int,
      markedUnread = json['markedUnread'] as bool?,
      notifications = optional(json['notifications'], Notifications.fromJson),
      place = optional(json['place'], Place.fromJson);

  final String chatId;

  /// The number of the newest message, 0 before the first.
  final int lastSeq;

  /// How many changes the chat has had: if you know fewer, ask for them. It is no cursor.
  final int lastRev;

  /// Another one means that a backup was restored: forget all numbers and messages.
  final String epoch;

  /// The number of the last message before the first one that counts as new for me.
  final int readSeq;

  /// How many messages of others are above the last one I have read. My own are never unread.
  final int unreadCount;

  /// How many unread messages mention me, by id or as part of everyone.
  final int mentionCount;

  /// I have marked the chat as unread, and have not read it since.
  final bool? markedUnread;

  /// Absent: all messages notify me.
  final Notifications? notifications;

  /// Absent: neither pinned nor archived.
  final Place? place;
}

class User {
  User.fromJson(Json json)
    : id = json['id'] as String,
      email = json['email'] as String,
      name = json['name'] as String,
      phone = json['phone'] as String?,
      avatarUrl = json['avatarUrl'] as String?,
      addedBy = json['addedBy'] as String?,
      showLastSeen = json['showLastSeen'] as bool?,
      pushPreview = json['pushPreview'] as String?;

  final String id;

  /// Empty in an account without an email.
  final String email;
  final String name;
  final String? phone;

  /// Valid until the end of the next day (UTC). Every answer has a current one.
  final String? avatarUrl;

  /// Who may add me to groups; by default anyone. Contacts are those I have written to in a direct chat. Everybody can
  /// send me an invite code. One of `anyone`, `contacts`, `nobody`; there may be new ones.
  final String? addedBy;

  /// I hide when I was last seen, so I don’t see it of others either. Absent by default.
  final bool? showLastSeen;

  /// What push notifications show of a message: its text and its author’s name (the default), the name alone, or
  /// neither. One of `text`, `name`, `none`; there may be new ones.
  final String? pushPreview;
}
