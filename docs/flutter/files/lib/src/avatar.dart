import 'package:cached_network_image/cached_network_image.dart';
import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'file_choice.dart';
import 'file_folder.dart';

/// The avatar of a user or the picture of a chat, or else the first letter of the name.
class Avatar extends StatelessWidget {
  const Avatar({super.key, required this.name, this.url});

  final String name;

  /// `avatarUrl` or `pictureUrl`.
  final String? url;

  @override
  Widget build(BuildContext context) => CircleAvatar(
    foregroundImage: switch (url) {
      null => null,
      final url => CachedNetworkImageProvider(url, cacheKey: fileCacheKey(url)),
    },
    child: Text(name.characters.firstOrNull ?? ''),
  );
}

/// Lets the user choose their avatar. False if they cancel.
Future<bool> chooseAvatar(ChatApi api, FileFolder folder) => _choose(
  api,
  folder,
  purpose: 'avatar',
  use: (fileId) => api.setAvatar(fileId: fileId),
);

/// Lets the owner or an admin choose the picture of a group. False if they cancel.
Future<bool> choosePicture(ChatApi api, FileFolder folder, String groupId) => _choose(
  api,
  folder,
  purpose: 'picture',
  use: (fileId) => api.setPicture(groupId, fileId: fileId),
);

Future<bool> _choose(
  ChatApi api,
  FileFolder folder, {
  required String purpose,
  required Future<void> Function(String fileId) use,
}) async {
  final file = await FileChoice(folder).avatar();
  if (file == null) return false;
  await use(await Uploader(api, folder.path).upload(file, purpose: purpose, onSent: (_) {}));
  return true;
}
