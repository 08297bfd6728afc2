import 'dart:async';

import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';
import 'package:group_chat_files/group_chat_files.dart';

import 'backend.dart';
import 'room.dart';

/// Records a voice message, which goes out when the user presses the button.
Future<void> showVoiceSheet(BuildContext context, Room room) => showModalBottomSheet<void>(
  context: context,
  builder: (context) => VoiceSheet(room: room),
);

class VoiceSheet extends StatefulWidget {
  const VoiceSheet({super.key, required this.room});

  final Room room;

  @override
  State<VoiceSheet> createState() => _VoiceSheetState();
}

class _VoiceSheetState extends State<VoiceSheet> {
  late final recorder = VoiceRecorder(folder);
  late final Future<bool> started;

  @override
  void initState() {
    super.initState();
    started = record();
  }

  /// A sheet that is closed before the button was pressed gives up the recording.
  @override
  void dispose() {
    unawaited(started.then((_) => recorder.cancel()).whenComplete(recorder.dispose));
    super.dispose();
  }

  Future<bool> record() => attempt(() async {
    if (await recorder.start()) return;
    show(words('Allow the microphone in the settings of the phone.', 'Разрешите микрофон в настройках телефона.'));
  });

  Future<void> sendVoice() => attempt(() async {
    final voice = await recorder.stop();
    if (voice == null) return;
    widget.room.chat.send(MessageDraft('', files: [voice]));
    if (mounted) closePage(context);
  });

  @override
  Widget build(BuildContext context) => SafeArea(
    child: Padding(
      padding: const EdgeInsets.all(16),
      child: ListenableBuilder(
        listenable: recorder,
        builder: (context, _) => Row(
          children: [
            Expanded(child: WaveformBar(waveform: recorder.waveform)),
            IconButton(
              onPressed: recorder.isRecording ? sendVoice : null,
              icon: const Icon(Icons.send),
              tooltip: words('Send', 'Отправить'),
            ),
          ],
        ),
      ),
    ),
  );
}
