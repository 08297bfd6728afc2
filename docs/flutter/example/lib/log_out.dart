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
      title: Text(count == 1 ? '1 message has not been sent.' : '$count messages have not been sent.'),
      content: const Text('Logging out deletes what has not been sent.'),
      actions: [
        TextButton(onPressed: () => Navigator.of(context).pop(false), child: const Text('Cancel')),
        FilledButton(onPressed: () => Navigator.of(context).pop(true), child: const Text('Log out')),
      ],
    ),
  );
  return answer ?? false;
}
