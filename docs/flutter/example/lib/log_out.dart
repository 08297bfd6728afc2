import 'package:flutter/material.dart';

import 'backend.dart';

/// Logs out. That deletes what has not been sent, so the user is asked first.
Future<void> logOut(BuildContext context) async {
  final count = unsent.messageCount;
  if (count > 0 && !await isSure(context, count)) return;
  await attempt(api.logout);
}

Future<bool> isSure(BuildContext context, int count) async {
  final answer = await showDialog<bool>(
    context: context,
    builder: (context) => AlertDialog(
      title: Text(words('Messages not sent: $count', 'Неотправленных сообщений: $count')),
      content: Text(words('Logging out deletes what has not been sent.', 'При выходе неотправленное удаляется.')),
      actions: [
        TextButton(onPressed: () => Navigator.of(context).pop(false), child: Text(words('Cancel', 'Отмена'))),
        FilledButton(onPressed: () => Navigator.of(context).pop(true), child: Text(words('Log out', 'Выйти'))),
      ],
    ),
  );
  return answer ?? false;
}
