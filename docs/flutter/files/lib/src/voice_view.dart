import 'dart:async';

import 'package:audioplayers/audioplayers.dart';
import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'waveform_bar.dart';

/// A voice message: a button, and its loudness over time with what has been played.
class VoiceView extends StatefulWidget {
  const VoiceView({super.key, required this.attachment, required this.onExpired});

  final Attachment attachment;
  final VoidCallback onExpired;

  @override
  State<VoiceView> createState() => _VoiceViewState();
}

class _VoiceViewState extends State<VoiceView> {
  final player = AudioPlayer();
  Duration position = Duration.zero;

  @override
  void initState() {
    super.initState();
    player.onPositionChanged.listen(follow);
    player.onPlayerStateChanged.listen((_) => follow(position));
    player.onPlayerComplete.listen((_) => follow(Duration.zero));
  }

  void follow(Duration now) {
    if (mounted) setState(() => position = now);
  }

  @override
  void dispose() {
    unawaited(player.dispose());
    super.dispose();
  }

  Future<void> toggle() async {
    if (player.state == PlayerState.playing) return player.pause();
    final Attachment(:url, :mimeType) = widget.attachment;
    try {
      await player.play(UrlSource(url, mimeType: mimeType), position: position);
    } on Object {
      widget.onExpired();
    }
  }

  @override
  Widget build(BuildContext context) {
    final Attachment(:waveform, :durationMs) = widget.attachment;
    final total = Duration(milliseconds: durationMs ?? 0);
    final isPlaying = player.state == PlayerState.playing;
    final shown = isPlaying || position > Duration.zero ? position : total;
    return Row(
      children: [
        IconButton(onPressed: toggle, icon: Icon(isPlaying ? Icons.pause : Icons.play_arrow)),
        Expanded(
          child: WaveformBar(
            waveform: waveform,
            played: total > Duration.zero ? position.inMilliseconds / total.inMilliseconds : 0,
          ),
        ),
        Padding(
          padding: const EdgeInsets.all(8),
          child: Text('${shown.inMinutes}:${'${shown.inSeconds % 60}'.padLeft(2, '0')}'),
        ),
      ],
    );
  }
}
