import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';

/// Below a message of mine that is not in the chat yet. If it was refused, the user may send it again or delete it.
class UnsentRow extends StatelessWidget {
  const UnsentRow({super.key, required this.chat, required this.clientId});

  final ChatRealtime chat;
  final String clientId;

  @override
  Widget build(BuildContext context) => ListenableBuilder(
    listenable: chat,
    builder: (context, _) {
      final message = chat.outbox.all.where((one) => one.clientId == clientId).firstOrNull;
      if (message == null) return const SizedBox.shrink();
      return Column(
        crossAxisAlignment: CrossAxisAlignment.end,
        children: [
          for (final file in message.draft.files) Text(file.name),
          Wrap(crossAxisAlignment: WrapCrossAlignment.center, children: state(message)),
        ],
      );
    },
  );

  List<Widget> state(Outgoing message) {
    final Outgoing(:refusal, :sending, :progress, :isUploaded) = message;
    Widget button(IconData icon, String name, VoidCallback action) =>
        IconButton(onPressed: action, icon: Icon(icon), tooltip: name);

    if (refusal != null) {
      return [
        Text(words('Not sent. ${texts.refusal(refusal)}', 'Не отправлено. ${texts.refusal(refusal)}')),
        button(Icons.refresh, words('Try again', 'Повторить'), () => chat.retry(clientId)),
        button(Icons.delete, words('Delete', 'Удалить'), () => chat.delete(clientId)),
      ];
    }
    return [
      if (!sending)
        WaitLine(until: chat.outbox.next == message ? chat.sendsAfter : null)
      else if (!isUploaded)
        SizedBox(width: 96, child: LinearProgressIndicator(value: progress)),
      if (!isUploaded) button(Icons.close, words('Cancel', 'Отмена'), () => chat.delete(clientId)),
    ];
  }
}

/// Counts the seconds until a message goes out, for example in slow mode.
class WaitLine extends StatelessWidget {
  const WaitLine({super.key, required this.until});

  /// Null if nobody knows when.
  final DateTime? until;

  @override
  Widget build(BuildContext context) => StreamBuilder<void>(
    stream: Stream<void>.periodic(const Duration(seconds: 1)),
    builder: (context, _) {
      final seconds = until?.difference(DateTime.now()).inSeconds ?? 0;
      return Text(
        seconds > 0
            ? words('Goes out in $seconds s', 'Уйдёт через $seconds с')
            : words('Waiting to be sent', 'Ждёт отправки'),
      );
    },
  );
}
